import Chronology

/// The days that an order text names: when the job begins and until when one can apply.
struct OrderDates {
    private(set) var starts: [Proposed<Day>] = []
    private(set) var deadlines: [Proposed<Day>] = []
    private(set) var soonest: Range<Int>?
    private let text: OrderText
    private let today: Day
    /// A day without a year is at most this many days ago, or else in the year to come.
    private static let longestAgo = 95

    init(_ text: OrderText, today: Day) {
        self.text = text
        self.today = today
        var index = 0
        while index < text.words.count {
            if let (day, end) = day(at: index) {
                take(day, index..<end)
                index = end
            } else {
                if soonest == nil, let length = text.length(of: "soonest", at: index),
                    text.distance(back: "deadline", from: index, reach: 3) == nil,
                    !isSending(index)
                {
                    soonest = text.place(index..<index + length)
                }
                index += 1
            }
        }
    }

    /// "Send din ansøgning hurtigst muligt" tells nothing of the start.
    private func isSending(_ index: Int) -> Bool {
        text.words[max(0, index - 5)..<index].contains {
            ["send", "ansøg", "ansøgning", "søg", "kontakt", "ring"].contains($0.text)
        } && text.distance(back: "start", from: index, reach: 4) == nil
    }

    private mutating func take(_ day: Day, _ span: Range<Int>) {
        let index = span.lowerBound
        let start = text.distance(back: "start", from: index)
        let deadline = text.distance(back: "deadline", from: index)
        let other = text.distance(back: "other-date", from: index)
        let nearest = [start, deadline, other].compactMap(\.self).min()
        guard let nearest, nearest != other, deadline == nearest || !isEnd(index) else { return }
        let proposed = Proposed(day, at: text.place(span))
        if nearest == deadline { deadlines.append(proposed) } else { starts.append(proposed) }
    }

    /// "Fra 4. januar til 30. juni": the second is an end.
    private func isEnd(_ index: Int) -> Bool {
        let before = text.words[max(0, index - 2)..<index].map(\.text).filter {
            $0 != "den" && $0 != "d"
        }
        return before.last.map { ["til", "indtil"].contains($0) } ?? false
    }

    /// A day that begins at this word, and the word after it.
    private func day(at index: Int) -> (Day, end: Int)? {
        iso(index) ?? numeric(index) ?? named(index) ?? month(index) ?? week(index)
            ?? relative(index)
    }

    private func iso(_ index: Int) -> (Day, end: Int)? {
        guard let year = text.number(index), (2000...2100).contains(year),
            text.gap(after: index) == "-", let month = text.number(index + 1),
            text.gap(after: index + 1) == "-", let number = text.number(index + 2),
            let day = Day(year: year, month: month, day: number)
        else { return nil }
        return (day, index + 3)
    }

    /// "1/3", "1.3.2027", "01-03-2027", "1/3-27".
    private func numeric(_ index: Int) -> (Day, end: Int)? {
        guard let number = text.number(index), (1...31).contains(number),
            let month = text.number(index + 1), (1...12).contains(month)
        else { return nil }
        let mark = text.gap(after: index)
        guard ["/", ".", "-", "/ ", ". "].contains(mark) else { return nil }
        let after = text.gap(after: index + 1)
        if ["/", ".", "-", " - "].contains(after), let year = text.number(index + 2),
            let whole = wholeYear(year), let day = Day(year: whole, month: month, day: number)
        {
            return (day, index + 3)
        }
        guard mark == "/" || mark == "/ " else { return nil }
        if after == " ", let year = text.number(index + 2), (2000...2100).contains(year),
            let day = Day(year: year, month: month, day: number)
        {
            return (day, index + 3)
        }
        return guessed(month: month, day: number).map { ($0, index + 2) }
    }

    /// "1. marts 2027", "den 1. december".
    private func named(_ index: Int) -> (Day, end: Int)? {
        guard let number = text.number(index), (1...31).contains(number),
            let month = monthNumber(index + 1), [" ", ". ", "."].contains(text.gap(after: index))
        else { return nil }
        if let year = text.number(index + 2), (2000...2100).contains(year),
            let day = Day(year: year, month: month, day: number)
        {
            return (day, index + 3)
        }
        return guessed(month: month, day: number).map { ($0, index + 2) }
    }

    /// "marts 2027", and "til marts" after a word of beginning.
    private func month(_ index: Int) -> (Day, end: Int)? {
        guard
            let month = text.lists.position(of: text.words[index].text, in: "months").map({ $0 + 1 }
            )
        else { return nil }
        if let year = text.number(index + 1), (2000...2100).contains(year),
            let day = Day(year: year, month: month, day: 1)
        {
            return (day, index + 2)
        }
        guard text.distance(back: "start", from: index, reach: 4) != nil else { return nil }
        return guessed(month: month, day: 1).map { ($0, index + 1) }
    }

    /// "uge 5": the Monday of the ISO week.
    private func week(_ index: Int) -> (Day, end: Int)? {
        guard text.words[index].text == "uge", let week = text.number(index + 1),
            (1...53).contains(week), text.gap(after: index) == " "
        else { return nil }
        let candidates = [today.year - 1, today.year, today.year + 1].compactMap { year -> Day? in
            guard let fourth = Day(year: year, month: 1, day: 4) else { return nil }
            return fourth - (fourth.weekday - 1) + (week - 1) * 7
        }
        return candidates.first { $0 >= today - Self.longestAgo }.map { ($0, index + 2) }
    }

    /// "i morgen", "på mandag", "næste måned".
    private func relative(_ index: Int) -> (Day, end: Int)? {
        guard index + 1 < text.words.count else { return nil }
        let (first, second) = (text.words[index].text, text.words[index + 1].text)
        switch (first, second) {
        case ("i", "morgen"): return (today + 1, index + 2)
        case ("i", "dag"): return (today, index + 2)
        case ("næste", "maaned"), ("næste", "maanedsskifte"):
            return ((Month(containing: today) + 1).first, index + 2)
        case ("næste", "uge"): return (today - (today.weekday - 1) + 7, index + 2)
        case ("paa", _), ("næste", _):
            guard let weekday = text.lists.position(of: second, in: "weekdays") else { return nil }
            let ahead = (weekday + 1 - today.weekday + 7) % 7
            return (today + (ahead == 0 ? 7 : ahead), index + 2)
        default: return nil
        }
    }

    private func monthNumber(_ index: Int) -> Int? {
        guard text.words.indices.contains(index) else { return nil }
        let word = text.words[index].text
        let place =
            text.lists.position(of: word, in: "months")
            ?? text.lists.position(of: word, in: "months-short")
        return place.map { $0 + 1 }
    }

    private func wholeYear(_ year: Int) -> Int? {
        if (2000...2100).contains(year) { return year }
        return (20...99).contains(year) ? 2000 + year : nil
    }

    private func guessed(month: Int, day: Int) -> Day? {
        for year in today.year - 1...today.year + 4 {
            if let guess = Day(year: year, month: month, day: day),
                guess >= today - Self.longestAgo
            {
                return guess
            }
        }
        return nil
    }
}
