-- For wrk: ask for the paths that are given after "--" one after the other, for ever.

local paths = {}
local place = 0

function init(arguments)
   for index, path in ipairs(arguments) do
      paths[index] = path
   end
end

function request()
   place = place % #paths + 1
   return wrk.format("GET", paths[place])
end
