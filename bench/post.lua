-- For wrk: post a form of the size of a comment's.

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.body = "name=reader&password=password&body=" .. string.rep("%EA%B8%80", 60)
