import answer  # two packages next to each other are no reason to build the app itself
