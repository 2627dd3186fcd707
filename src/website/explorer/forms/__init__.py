"""The forms a reader fills in, a report and a login, and the counting that keeps both hard to flood."""
