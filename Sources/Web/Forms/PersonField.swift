import Identifiers
import Jobcenter
import Registry
import Reporting
import Views

/// Choosing a person in a form that is about something else: found by what is typed, or among
/// those suggested.
struct PersonField {
    let visit: Visit
    let purpose: Purpose

    /// Those found by what is typed; the look-up is logged.
    private func found(_ typed: Typed) async throws -> [Citizen] {
        let text = typed.words("person")
        if text.isEmpty { return [] }
        return try await CitizenCase(visit.house).search(
            text, in: visit.desk.municipality.code, by: visit.actor, purpose: purpose,
            asking: Request.readCandidates
        ).citizens
    }

    /// The field for typing, and the choice among those found or suggested; `suggested` are
    /// values of `who` with their labels.
    func fields(_ typed: Typed, suggested: [Choice] = []) async throws -> [FormField] {
        let chosen = typed.query["who"]
        let found = try await found(typed).map { citizen in
            Choice(
                value: Participant.citizen(citizen.id).written,
                label: visit.text(
                    "views.person.found",
                    [
                        "name": citizen.fullName, "born": visit.wording.day(citizen.born),
                        "number": String(citizen.id.number),
                    ]), isSelected: Participant.citizen(citizen.id).written == chosen)
        }
        var fields = [
            FormField(
                "person", visit.text("views.person.label"), .text(typed.text("person")),
                help: visit.text("views.person.help"))
        ]
        let choices = found.isEmpty ? suggested : found
        if !choices.isEmpty {
            fields.append(
                FormField(
                    "who",
                    visit.text(found.isEmpty ? "views.person.suggested" : "views.person.who"),
                    .radios(
                        choices.map {
                            Choice(
                                value: $0.value, label: $0.label,
                                isSelected: $0.isSelected || $0.value == chosen)
                        })))
        }
        return fields
    }

    /// Who was chosen; nil where nobody was, with a problem where somebody was meant.
    func participant(_ typed: inout Typed) async throws -> Participant? {
        let text = typed.words("person")
        let chosen = typed.query["who"].flatMap { Participant(written: $0) }
        if text.isEmpty { return chosen }
        let found = try await found(typed)
        if let chosen, found.contains(where: { .citizen($0.id) == chosen }) { return chosen }
        if found.count == 1 { return .citizen(found[0].id) }
        typed.reject("person", found.isEmpty ? "personUnknown" : "personMany")
        return nil
    }
}

extension Participant {
    /// As forms send it: `c17`, or `gH240/17`.
    var written: String { citizen.map { "c\($0.number)" } ?? "g\(guest ?? "")" }

    init?(written: String) {
        let rest = String(written.dropFirst())
        switch written.first {
        case "c":
            guard let number = Int64(rest), number > 0 else { return nil }
            self = .citizen(CitizenID(number))
        case "g": self.init(guest: rest)
        default: return nil
        }
    }
}
