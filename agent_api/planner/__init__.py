"""How many agents the next hours need: forecast, Erlang C and A, what-if."""
