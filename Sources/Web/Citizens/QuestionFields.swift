import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Views

/// The law's questions inside a form: what the case does not answer is asked for, once.
struct QuestionFields {
    let questions: [CaseQuestion]
    /// Facts that are asked for besides.
    var more: [AskedFact] = []

    /// Sent along with the fields, so that an empty tick is told from one never shown.
    static let mark = "asked"

    private var ids: String {
        (questions.map(\.entitlement.id) + more.map(\.id)).sorted().joined(separator: " ")
    }

    var hidden: [FormPage.Hidden] { [.init(Self.mark, ids)] }

    /// Whether the form that was sent showed the questions.
    func wereShown(_ typed: Typed) -> Bool {
        ids.isEmpty || typed.query[Self.mark] == ids
    }

    /// Each fact once, however many questions ask for it.
    private var facts: [AskedFact] {
        (questions.flatMap(\.open) + more).reduce(into: []) { facts, fact in
            if !facts.contains(where: { $0.id == fact.id }) { facts.append(fact) }
        }
    }

    func fields(_ typed: Typed, _ visit: Visit) -> [FormField] {
        facts.map { fact in
            let name = "ask-" + fact.id
            let text = typed.text(name)
            var label = fact.name[visit.language]
            let kind: FormField.Kind
            switch fact.kind {
            case .truth: kind = .tick(typed.tick(name))
            case .number(let unit):
                kind = .text(text)
                label += " (\(visit.lawTexts.unit(unit)))"
            case .day: kind = .day(text)
            case .word(let list):
                kind = .select(
                    [Choice(value: "", label: visit.text("views.effort.choose"))]
                        + list.words.map {
                            Choice(
                                value: $0, label: visit.text("term.\(list.rawValue).\($0)"),
                                isSelected: $0 == text)
                        })
            }
            return FormField(name, label, kind)
        }
    }

    /// What was answered; notes what cannot be understood.
    func told(_ typed: inout Typed) -> [String: FactValue] {
        var told: [String: FactValue] = [:]
        for fact in facts {
            let name = "ask-" + fact.id
            switch fact.kind {
            case .truth: told[fact.id] = .truth(typed.tick(name))
            case .day: told[fact.id] = typed.day(name).map { .day($0) }
            case .number:
                told[fact.id] = typed.query[name].flatMap { FactValue($0, fact.kind) }
                if told[fact.id] == nil {
                    typed.reject(name, "wholeNumber", ["from": "0", "to": "1000000"])
                }
            case .word:
                told[fact.id] = typed.query[name].flatMap { FactValue($0, fact.kind) }
                if told[fact.id] == nil { typed.reject(name, "choice") }
            }
        }
        return told
    }

    /// What was answered, as lines of a letter.
    func lines(_ told: [String: FactValue], _ visit: Visit) -> [String] {
        facts.compactMap { fact in
            guard let value = told[fact.id] else { return nil }
            let words: String =
                switch value {
                case .truth(let isTrue): visit.text(isTrue ? "views.yes" : "views.no")
                case .number(let number): visit.wording.number(number)
                case .day(let day): visit.wording.day(day)
                case .word(let word):
                    if case .word(let list) = fact.kind {
                        visit.text("term.\(list.rawValue).\(word)")
                    } else {
                        word
                    }
                }
            return "\(fact.name[visit.language]): \(words)."
        }
    }
}

extension Visit {
    /// A question of the law by its name.
    func questionName(_ id: String) -> String { entitlements[id]?.question[language] ?? id }
}
