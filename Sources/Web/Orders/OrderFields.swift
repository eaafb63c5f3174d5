import Chronology
import Identifiers
import Jobcenter
import Matching
import Parameters
import Registry
import Reporting
import Views

extension Visit {
    /// An occupation by its id; the id itself where the taxonomy has none such.
    func occupation(_ id: String, _ books: MatchingBooks) -> String {
        books.taxonomy.occupation(id).map { $0.name(in: language) } ?? id
    }

    /// Skills by their ids, with commas between.
    func skills(_ ids: [String], _ books: MatchingBooks) -> String {
        ids.map { id in books.taxonomy.skill(id).map { $0.name(in: language) } ?? id }.joined(
            separator: ", ")
    }

    /// Hours a week: `37 timer`, `20–25 timer`.
    func hours(_ hours: WeeklyHours) -> String {
        let most = wording.number(hours.most.hours, decimals: hours.most.decimals)
        let text =
            hours.least == hours.most
            ? most : wording.number(hours.least.hours, decimals: hours.least.decimals) + "–" + most
        return self.text("term.hoursAWeek", ["hours": text])
    }

    /// The fields for hours a week.
    func hoursFields(_ typed: Typed, _ known: WeeklyHours?) -> [FormField] {
        func written(_ time: WeeklyTime?) -> String {
            time.map { wording.number($0.hours, decimals: $0.decimals) } ?? ""
        }
        return [
            FormField(
                "hoursLeast", text("views.orderForm.hoursLeast"),
                .text(typed.text("hoursLeast", or: written(known?.least)))),
            FormField(
                "hoursMost", text("views.orderForm.hoursMost"),
                .text(typed.text("hoursMost", or: written(known?.most)))),
        ]
    }
}

extension WeeklyTime {
    /// Decimals of hours that are worth writing.
    var decimals: Int { minutes % 60 == 0 ? 0 : 2 }
}

extension Typed {
    /// The hours of both fields; one left out is as the other, and both are full time.
    mutating func hoursAWeek() -> WeeklyHours {
        let least = hours("hoursLeast")
        let most = hours("hoursMost")
        return WeeklyHours(least: least ?? most ?? .full, most: most ?? least ?? .full)
    }

    /// The id of the occupation typed; nil, with a problem, for one that is not known. Empty
    /// for an empty field.
    mutating func occupation(_ name: String, _ books: MatchingBooks) -> String? {
        let typed = words(name)
        if typed.isEmpty { return "" }
        let id = books.occupation(typed)
        if id == nil { reject(name, "occupationUnknown", ["name": typed]) }
        return id
    }

    /// The ids of the occupations typed, with commas between.
    mutating func occupations(_ name: String, _ books: MatchingBooks) -> [String] {
        var ids: [String] = []
        for item in items(name) {
            if let id = books.occupation(item) {
                if !ids.contains(id) { ids.append(id) }
            } else {
                reject(name, "occupationUnknown", ["name": item])
            }
        }
        return ids
    }

    /// The ids of the skills typed, with commas between.
    mutating func skills(_ name: String, _ books: MatchingBooks) -> [String] {
        var ids: [String] = []
        for item in items(name) {
            let found = books.skills(item)
            if found.isEmpty { reject(name, "skillUnknown", ["name": item]) }
            for id in found where !ids.contains(id) { ids.append(id) }
        }
        return ids
    }

    private func items(_ name: String) -> [String] {
        (query[name] ?? "").split { $0 == "," || $0.isNewline || $0 == ";" }
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .filter { !$0.isEmpty }
    }

    /// A postcode in Denmark; nil, with a problem, for one that is not. Empty for an empty
    /// field.
    mutating func postcode(_ name: String, _ books: MatchingBooks) -> String? {
        let typed = words(name)
        if typed.isEmpty { return "" }
        guard typed.allSatisfy(\.isNumber), let place = books.place(typed) else {
            reject(name, "postcodeUnknown", ["postcode": typed])
            return nil
        }
        return String(place.number)
    }
}

extension MatchingBooks {
    /// The occupation whose title in any language is typed, or is meant by what is typed.
    func occupation(_ typed: String) -> String? {
        let folded = Folding.folded(typed)
        let exact = taxonomy.occupations.first {
            $0.names.contains { Folding.folded($0) == folded }
        }
        return exact?.id ?? coder.code(typed).occupationIDs.first
    }

    /// The skill whose name in any language is typed, or those meant by what is typed.
    func skills(_ typed: String) -> [String] {
        let folded = Folding.folded(typed)
        let exact = taxonomy.skills.first {
            $0.names.contains { Folding.folded($0) == folded }
        }
        return exact.map { [$0.id] } ?? coder.code(typed).skillIDs
    }

    /// The ISCO-08 major group of an occupation; 9 where it is not known, the group of work
    /// that asks for least.
    func group(_ occupation: String) -> Int {
        taxonomy.occupation(occupation)?.isco.first?.wholeNumberValue ?? 9
    }
}
