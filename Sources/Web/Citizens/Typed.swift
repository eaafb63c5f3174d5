import Chronology
import Jobcenter
import Registry
import Views

/// What a form holds: what was sent, what is kept of an earlier attempt, or nothing yet.
struct Typed: Sendable {
    let query: Query
    /// True before anything was typed, so that what is known is filled in.
    let isEmpty: Bool
    private(set) var problems: [FieldProblem] = []

    init(_ query: Query, isEmpty: Bool) {
        self.query = query
        self.isEmpty = isEmpty
    }

    /// What was typed, or `proposal` where nothing was yet.
    func text(_ name: String, or proposal: String = "") -> String {
        isEmpty ? query[name] ?? proposal : query[name] ?? ""
    }

    func tick(_ name: String, or proposal: Bool = false) -> Bool {
        isEmpty && query[name] == nil ? proposal : query[name] != nil
    }

    mutating func reject(_ field: String, _ key: String, _ values: [String: String] = [:]) {
        problems.append(FieldProblem(field, key, values))
    }

    mutating func reject(_ found: [FieldProblem]) { problems += found }

    /// Notes a text of more letters than its field takes.
    mutating func limit(_ name: String, to most: Int = 2_000) {
        if let problem = FieldProblem.tooLong(name, words(name), most: most) {
            problems.append(problem)
        }
    }

    // What follows notes what is missing or cannot be understood, and answers nil then.

    mutating func day(_ name: String) -> Day? {
        let day = optionalDay(name)
        if day == nil, query[name] == nil { reject(name, "day") }
        return day
    }

    /// Nil without a problem where the field is empty.
    mutating func optionalDay(_ name: String) -> Day? {
        guard let text = query[name] else { return nil }
        let day = Day(iso: text) ?? Day(danish: text)
        if day == nil { reject(name, "day") }
        return day
    }

    /// Minutes after midnight.
    mutating func time(_ name: String) -> Int? {
        let parts = (query[name] ?? "").split { $0 == ":" || $0 == "." }.map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1],
            (0..<24).contains(hour), (0..<60).contains(minute)
        else {
            reject(name, "time")
            return nil
        }
        return hour * 60 + minute
    }

    mutating func choice<Value: RawRepresentable>(_ name: String) -> Value?
    where Value.RawValue == String {
        let value = query[name].flatMap { Value(rawValue: $0) }
        if value == nil { reject(name, "choice") }
        return value
    }

    /// Hours a week with a comma or a point, from `least` to 37 and more; nil without a
    /// problem where the field is empty.
    mutating func hours(_ name: String) -> WeeklyTime? {
        guard let text = query[name] else { return nil }
        guard let hours = Double(text.replacing(",", with: ".")), hours > 0, hours <= 48 else {
            reject(name, "hours")
            return nil
        }
        return WeeklyTime(minutes: Int32((hours * 60).rounded()))
    }

    mutating func number(_ name: String) -> Int64? {
        guard let text = query[name] else { return nil }
        let number = Int64(text)
        if number == nil { reject(name, "number") }
        return number
    }

    /// A whole number, which something must be.
    mutating func whole(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let number = Int(words(name)), range.contains(number) else {
            reject(
                name, "wholeNumber",
                ["from": String(range.lowerBound), "to": String(range.upperBound)])
            return nil
        }
        return number
    }

    /// The number of what was chosen in a list, which something must be.
    mutating func chosen(_ name: String) -> FactID? {
        let id = query.fact(name)
        if id == nil { reject(name, "choice") }
        return id
    }

    /// The lines without space around them.
    func words(_ name: String) -> String {
        let text = (query[name] ?? "").replacing("\r\n", with: "\n")
        return String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    /// Throws what was noted.
    func check() throws(FieldProblems) {
        if !problems.isEmpty { throw FieldProblems(problems) }
    }
}

extension Visit {
    /// The fields with their problems in words.
    func told(_ fields: [FormField], _ problems: [FieldProblem]) -> [FormField] {
        fields.map { field in
            var field = field
            let own = problems.filter { $0.field == field.name }
            if !own.isEmpty {
                field.problem = own.map { text("problem.\($0.key)", $0.values) }
                    .joined(separator: " ")
            }
            return field
        }
    }

    /// Choices of an enumeration, worded below `key`.
    func choices<Value: RawRepresentable & CaseIterable>(
        _ type: Value.Type, _ key: String, selected: String, none: String? = nil
    ) -> [Choice] where Value.RawValue == String {
        choices(among: Array(type.allCases), key, selected: selected, none: none)
    }

    /// Choices among some values of an enumeration.
    func choices<Value: RawRepresentable>(
        among values: [Value], _ key: String, selected: String, none: String? = nil
    ) -> [Choice] where Value.RawValue == String {
        (none.map { [Choice(value: "", label: text($0), isSelected: selected.isEmpty)] } ?? [])
            + values.map {
                Choice(
                    value: $0.rawValue, label: text("\(key).\($0.rawValue)"),
                    isSelected: $0.rawValue == selected)
            }
    }
}
