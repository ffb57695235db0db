-- For wrk: each connection waits so many milliseconds, given after "--", before it asks again.

local pause = 0

function init(arguments)
   pause = tonumber(arguments[1])
end

function delay()
   return pause
end
