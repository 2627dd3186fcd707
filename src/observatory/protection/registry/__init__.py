"""The dose registry: what may leave a facility, how it travels, what is accepted, and what is computed of it.

A registry of doses needs no patient. So what leaves a facility is a list of fields, not a report with fields removed:
a month, an age band, a code for the examination and the doses. Names of protocols stay, and their numbers travel.
"""
