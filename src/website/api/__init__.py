"""The REST API: questions in addresses, answers in bytes. A WSGI application of its own, read-only.

application  request → route → reply, and what every answer carries
routes       the addresses, their parameters, what they answer
parameters   what may be asked, and how a wrong word is refused
lists        answers that were baked with the release
questions    from parameters to what is asked for, in one spelling
figures      observations of one indicator, from series that were encoded before; `across` for several
description  OpenAPI, from the same definitions; `page` for people
"""
