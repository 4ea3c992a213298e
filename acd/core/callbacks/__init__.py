"""The call back that keeps its place: promises, and the calls made for them.

`promise` is one promise's states; `keeping` puts it into waiting room, journal and timers; `booking` makes and ends
promises, `dialling` calls the customer, `answered` and `joined` follow the conversation, `after_gap` finds out what
was missed.
"""
