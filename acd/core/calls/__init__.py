"""One customer call: what is known of it, its states, and what each fact does to it."""
