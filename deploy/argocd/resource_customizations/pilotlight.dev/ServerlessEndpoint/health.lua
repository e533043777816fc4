-- The kind follows kstatus (Ready, Reconciling and Stalled, each with observedGeneration), so the order below is that of kstatus.
-- Conclusions about an older generation never count: the verdict does not flap to Healthy right after an edit.
-- Needs no string library, so that the same script works in argocd-cm.
local generation = obj.metadata.generation
local status = obj.status or {}

-- The CustomResourceDefinition makes it -1 where nobody wrote a status.
if status.observedGeneration == nil or status.observedGeneration < 0 then
  return { status = "Progressing", message = "The operator has not reported yet" }
end
if generation ~= nil and status.observedGeneration ~= generation then
  return { status = "Progressing", message = "The operator has not seen the latest change yet" }
end

local current = {}
for _, condition in ipairs(status.conditions or {}) do
  local seen = condition.observedGeneration
  if seen == nil or generation == nil or seen == generation then
    current[condition.type] = condition
  end
end

local function verdict(health, type)
  local condition = current[type]
  local message = condition.reason or type
  if condition.message ~= nil and condition.message ~= "" then
    message = message .. ": " .. condition.message
  end
  return { status = health, message = message }
end

local function holds(type)
  return current[type] ~= nil and current[type].status == "True"
end

if holds("Suspended") then
  return verdict("Suspended", "Suspended")
end
if holds("Stalled") then
  return verdict("Degraded", "Stalled")
end
if holds("Reconciling") then
  return verdict("Progressing", "Reconciling")
end
if holds("Ready") then
  return verdict("Healthy", "Ready")
end
if current["Ready"] ~= nil then
  return verdict("Progressing", "Ready")
end
return { status = "Progressing", message = "The operator has not concluded on the latest change yet" }
