-- Supports one idea and takes the support back, in turn, each person with a session of their own: every request writes.
-- Counted as done only when the answer is the redirect that follows a vote.
-- Arguments: path, origin, file of session cookies, number of threads.
local threads = {}

function setup(thread)
  thread:set("index", #threads)
  table.insert(threads, thread)
end

function init(args)
  path, origin = args[1], args[2]
  people, turn, accepted, refused = {}, 0, 0, 0
  local line = 0
  for token in io.lines(args[3]) do
    if line % tonumber(args[4]) == index then table.insert(people, { token = token, supports = false }) end
    line = line + 1
  end
end

function request()
  local person = people[turn % #people + 1]
  turn = turn + 1
  person.supports = not person.supports
  return wrk.format("POST", path, {
    ["Host"] = wrk.headers["Host"], ["Origin"] = origin, ["Sec-Fetch-Site"] = "same-origin",
    ["Content-Type"] = "application/x-www-form-urlencoded", ["Cookie"] = "session=" .. person.token,
  }, "choice=" .. (person.supports and "support" or ""))
end

function response(status, headers, body)
  local place = headers["Location"] or headers["location"] or ""
  if status == 303 and place:sub(-8) == "#support" then accepted = accepted + 1 else refused = refused + 1 end
end

function done(summary, latency, requests)
  local yes, no = 0, 0
  for _, thread in ipairs(threads) do
    yes = yes + thread:get("accepted")
    no = no + thread:get("refused")
  end
  print(string.format("Accepted: %d", yes))
  print(string.format("Refused: %d", no))
end
