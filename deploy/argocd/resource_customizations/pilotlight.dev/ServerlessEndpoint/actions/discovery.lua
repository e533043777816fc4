local stalled = false
for _, condition in ipairs((obj.status or {}).conditions or {}) do
  if condition.type == "Stalled" and condition.status == "True" then
    stalled = true
  end
end

return {
  -- Reads everything about the endpoint from AWS anew, tags and image digest included.
  ["refresh"] = { ["disabled"] = false },
  -- Tries a failed change again; there is nothing to try while the endpoint is not stalled.
  ["retry"] = { ["disabled"] = not stalled }
}
