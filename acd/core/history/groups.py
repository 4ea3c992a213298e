"""Which uniqueids and linkedids belong to one call: a union-find, so that ties may come in any order."""


class Groups:
    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        root = key
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while key != root:  # shorten the way for the next time
            self._parent[key], key = root, self._parent.get(key, key)
        return root

    def tie(self, one: str, other: str) -> None:
        if not one or not other:
            return
        first, second = self.find(one), self.find(other)
        if first != second:
            # The smaller name leads, so that the order of ties does not matter.
            self._parent[max(first, second)] = min(first, second)
