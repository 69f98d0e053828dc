package answer

const Answer = "forty-two"
