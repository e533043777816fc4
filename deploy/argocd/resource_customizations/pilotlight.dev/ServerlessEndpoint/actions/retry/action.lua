-- Each new value of the annotation is acted on once, so the time of the click will do.
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["pilotlight.dev/retry"] = os.date("!%Y-%m-%dT%XZ")
return obj
