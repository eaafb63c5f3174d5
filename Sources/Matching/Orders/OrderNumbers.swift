import Registry

/// The hours and the number of positions of an order text.
struct OrderNumbers {
    private let text: OrderText

    init(_ text: OrderText) { self.text = text }

    // MARK: Hours

    /// Every span of weekly hours that the text names, in its order.
    func hours() -> [Proposed<WeeklyHours>] {
        var found: [Proposed<WeeklyHours>] = []
        var index = 0
        while index < text.words.count {
            if let (time, end) = hours(at: index) {
                found.append(Proposed(time, at: text.place(index..<end)))
                index = end
            } else if let length = text.length(of: "full-time", at: index),
                !text.isNegated(index)
            {
                found.append(Proposed(WeeklyHours(), at: text.place(index..<index + length)))
                index += length
            } else {
                index += 1
            }
        }
        return found
    }

    /// "20-25 timer om ugen", "37 t", "mellem 15 og 20 timer", "32,5 timer".
    private func hours(at index: Int) -> (WeeklyHours, end: Int)? {
        guard let (first, next) = minutes(at: index) else { return nil }
        var (least, most, end) = (first, first, next)
        if next < text.words.count, ["-", " - ", "–", " – "].contains(text.gap(after: next - 1)),
            let (second, after) = minutes(at: next)
        {
            (most, end) = (second, after)
        } else if next + 1 < text.words.count,
            ["til", "og", "eller"].contains(text.words[next].text),
            let (second, after) = minutes(at: next + 1)
        {
            (least, most, end) = (min(first, second), max(first, second), after)
        }
        guard end < text.words.count, text.length(of: "hours", at: end) != nil,
            text.gap(after: end - 1).allSatisfy({ $0 == " " }), !isOtherThanWeekly(after: end),
            least <= most, most <= 60 * 60
        else { return nil }
        return (
            WeeklyHours(
                least: WeeklyTime(minutes: Int32(least)), most: WeeklyTime(minutes: Int32(most))),
            end + 1
        )
    }

    private func isOtherThanWeekly(after index: Int) -> Bool {
        let rest = text.words[(index + 1)...].prefix(3)
        let words = rest.prefix { !["ugen", "uge", "ugentlig", "ugentligt"].contains($0.text) }
        return words.contains { text.lists.position(of: $0.text, in: "not-weekly") != nil }
    }

    /// A number of hours with halves, as minutes.
    private func minutes(at index: Int) -> (minutes: Int, end: Int)? {
        guard let whole = text.number(index), (1...60).contains(whole) else { return nil }
        if [",", "."].contains(text.gap(after: index)), let part = text.number(index + 1),
            text.words[index + 1].text.utf8.count <= 2
        {
            let share = text.words[index + 1].text.utf8.count == 1 ? part * 6 : part * 60 / 100
            return (whole * 60 + share, index + 2)
        }
        return (whole * 60, index + 1)
    }

    // MARK: Positions

    /// "3 stillinger", "vi søger to lagermedarbejdere", "antal: 4".
    func positions(occupations: [Found]) -> Proposed<Int>? {
        let titles = Set(occupations.map(\.place.lowerBound))
        for index in text.words.indices {
            guard let count = count(at: index), count > 0, !isPartOfNumber(index) else { continue }
            if index > 0, ["antal"].contains(text.words[index - 1].text) {
                return Proposed(count, at: text.place(index..<index + 1))
            }
            if index > 1, text.words[index - 2].text == "antal",
                ["stillinger", "medarbejdere", "personer"].contains(text.words[index - 1].text)
            {
                return Proposed(count, at: text.place(index..<index + 1))
            }
            if let end = thing(after: index, titles), isSought(index, end) {
                return Proposed(count, at: text.place(index..<end))
            }
        }
        return nil
    }

    private func count(at index: Int) -> Int? {
        if let number = text.number(index) { return number }
        return text.lists.position(of: text.words[index].text, in: "numbers").map { $0 + 1 }
    }

    /// Digits of a date, an hour or an amount are no count.
    private func isPartOfNumber(_ index: Int) -> Bool {
        guard text.number(index) != nil else { return false }
        let before = index > 0 ? text.gap(after: index - 1) : " "
        let after = text.gap(after: index)
        return ["/", ".", "-", ",", ":"].contains(after)
            || ["/", ".", "-", ","].contains(before) && text.number(index - 1) != nil
    }

    /// What is counted within three words: a position, a person or an occupation.
    private func thing(after index: Int, _ titles: Set<Int>) -> Int? {
        for next in index + 1..<min(text.words.count, index + 4) {
            guard text.clauses.part[next] == text.clauses.part[index] else { return nil }
            let word = text.words[next]
            if ["timer", "t", "aar", "kr", "om", "i", "paa", "til", "der", "som", "med"]
                .contains(word.text)
            {
                return nil
            }
            if text.length(of: "count-of", at: next) != nil { return next + 1 }
            if titles.contains(word.place.lowerBound) { return next + 1 }
        }
        return nil
    }

    /// "Vi er 12 medarbejdere" counts others than those sought. "En" counts only by itself.
    private func isSought(_ index: Int, _ end: Int) -> Bool {
        if ["en", "et"].contains(text.words[index].text) { return false }
        if text.words[index..<end].contains(where: { $0.text.hasPrefix("stilling") }) {
            return true
        }
        if text.distance(back: "seek", from: index) != nil { return true }
        let rest = text.words[end...].prefix(3).map(\.text)
        return rest.contains("søges") || rest.contains("ansættes") || index == 0
            || text.gap(after: index - 1).contains("\n")
                && text.words[end - 1].text != "medarbejdere"
    }
}
