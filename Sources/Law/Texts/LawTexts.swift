import Chronology
import Parameters
import Registry

/// The law's answers in words.
public struct LawTexts: Sendable {
    private let texts: TextCatalogue
    private let language: Language

    public init(_ texts: TextCatalogue, _ language: Language) {
        self.texts = texts
        self.language = language
    }

    public func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
        texts.text("law.\(key)", language, arguments)
    }

    /// What a reader must know of a rule beside its words: `(usikker)`; empty for nothing.
    public func marks(_ rule: Rule) -> String {
        var marks: [String] = []
        if rule.isProposed { marks.append(text("rules.proposed")) }
        if rule.confidence == .uncertain { marks.append(text("rules.mark")) }
        if rule.isSwitchedOff { marks.append(text("rules.off")) }
        return marks.joined(separator: " ")
    }

    /// What a reader must know of a deadline beside the rule's words: the rule's marks, and
    /// that the period it is counted from is uncertain.
    public func marks(_ obligation: Obligation, in book: RuleBook) -> String {
        var rule = book.duties[obligation.duty].versions[obligation.version]
        rule.confidence = book.confidence(obligation)
        return marks(rule)
    }

    /// The rule's sentence with its act, and the marks of the deadline.
    public func sentence(_ obligation: Obligation, in book: RuleBook) -> String {
        let rule = book.duties[obligation.duty].versions[obligation.version]
        return [rule.text[language], "(\(rule.law))", marks(obligation, in: book)]
            .filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The same of a version of an entitlement.
    public func marks(_ version: Entitlement.Version) -> String {
        var marks: [String] = []
        if version.isProposed { marks.append(text("rules.proposed")) }
        if version.basis.confidence == .uncertain { marks.append(text("rules.mark")) }
        if version.isSwitchedOff { marks.append(text("rules.off")) }
        return marks.joined(separator: " ")
    }

    /// The same of an answer's basis.
    public func marks(_ answer: Answer) -> String {
        var marks: [String] = []
        if answer.isProposed { marks.append(text("rules.proposed")) }
        if answer.basis.confidence == .uncertain { marks.append(text("rules.mark")) }
        return marks.joined(separator: " ")
    }

    /// A version's sentence with its act and its marks.
    public func sentence(_ version: Entitlement.Version) -> String {
        sentence(version.basis, marks(version))
    }

    /// The sentence of a change of benefit with its act and its marks.
    public func sentence(_ continuation: Continuation) -> String {
        sentence(continuation.basis, marks(continuation))
    }

    public func marks(_ continuation: Continuation) -> String {
        var marks: [String] = []
        if continuation.basis.confidence == .uncertain { marks.append(text("rules.mark")) }
        if continuation.isSwitchedOff { marks.append(text("rules.off")) }
        return marks.joined(separator: " ")
    }

    /// A limit's sentence with its act and its mark.
    public func sentence(_ limit: LegalBasis) -> String {
        sentence(limit, limit.confidence == .uncertain ? text("rules.mark") : "")
    }

    private func sentence(_ basis: LegalBasis, _ marks: String) -> String {
        [basis.text[language], "(\(basis.law))", marks].filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    /// `Løntilskud hos en privat virksomhed`, or the name of the limit.
    public func name(_ series: LimitSeries) -> String {
        series.kinds.isEmpty
            ? text("limit.\(series.key)")
            : series.kinds.map { texts.text("term.offer.\($0.rawValue)", language) }
                .joined(separator: ", ")
    }

    /// What is told of a fact: `år`, `dato`, or the words there are.
    public func kind(_ fact: AskedFact) -> String {
        switch fact.kind {
        case .truth: "true, false"
        case .number(let unit): self.unit(unit)
        case .day: text("unit.day")
        case .word(let list): list.words.joined(separator: ", ")
        }
    }

    /// What a unit counts: `kr.`
    public func unit(_ unit: FactUnit) -> String { text("unit.\(unit.rawValue).name") }

    /// A rule's sentence with its act and its marks.
    public func sentence(_ rule: Rule) -> String {
        let sentence = "\(rule.text[language]) (\(rule.law))"
        let marks = marks(rule)
        return marks.isEmpty ? sentence : "\(sentence) \(marks)"
    }

    /// An answer, line by line, each condition with whether it holds; a part of one above
    /// it with a dash.
    public func lines(_ answer: Answer) -> [String] {
        answer.steps.map { String(repeating: "– ", count: $0.depth) + line($0) }
    }

    /// One line of an answer, with whether it holds.
    public func line(_ step: Answer.Step) -> String {
        let line = text("answer.\(step.text)", step.values.mapValues(value))
        guard let holds = step.holds else { return line }
        return "\(line): \(text(holds ? "answer.holds" : "answer.fails"))"
    }

    private func value(_ value: Answer.Value) -> String {
        switch value {
        case .count(let number): return String(number)
        case .hundredths(let number): return decimal(number)
        case .day(let day): return day.danish
        case .word(let key): return texts.text(key, language)
        case .words(let keys): return keys.map { texts.text($0, language) }.joined(separator: ", ")
        case .text(let words): return words[language]
        case .untold: return text("answer.untold")
        case .quantity(let number, let unit):
            return text(
                "unit.\(unit.rawValue).\(number == 100 ? "one" : "many")",
                ["n": number % 100 == 0 ? grouped(number / 100) : decimal(number)])
        }
    }

    private func decimal(_ hundredths: Int) -> String {
        let part = hundredths % 100
        let decimals = part < 10 ? "0\(part)" : "\(part)"
        return "\(grouped(hundredths / 100))\(language == .da ? "," : ".")\(decimals)"
    }

    /// `26.814`; four digits stand as they are.
    private func grouped(_ number: Int) -> String {
        guard number >= 10_000 else { return String(number) }
        let last = String(number % 1_000)
        return grouped(number / 1_000) + (language == .da ? "." : ",")
            + String(repeating: "0", count: 3 - last.count) + last
    }

    /// The steps of an explanation, each as one sentence.
    public func sentences(
        _ because: [Explanation], _ obligation: Obligation, _ rule: Rule, _ cases: Caseload,
        _ person: Int
    ) -> [String] {
        because.map { sentence($0, obligation, rule, cases, person) }
    }

    /// A step of an explanation as one sentence.
    public func sentence(
        _ explanation: Explanation, _ obligation: Obligation, _ rule: Rule, _ cases: Caseload,
        _ person: Int
    ) -> String {
        let facts = explanation.facts.map { fact(cases.fact($0, of: person)) }
            .joined(separator: ", ")
        switch explanation.step {
        case .trigger: return text("because.trigger", ["facts": facts])
        case .continued(let continuation):
            return text(
                "because.continued",
                ["facts": facts, "sentence": sentence(continuation)])
        case .appliesTo: return text("because.appliesTo", ["facts": facts])
        case .version(let tookOver):
            return text(
                tookOver ? "because.versionTookOver" : "because.version",
                ["law": rule.law, "from": rule.validFrom.danish])
        case .deadline(let span, let day, let due):
            return text(
                "because.deadline",
                [
                    "span": self.span(span), "day": day.danish,
                    "due": (due ?? obligation.due).danish,
                ])
        case .moved(_, let due):
            return text("because.moved", ["facts": facts, "due": due.danish])
        case .counted(let done, let count):
            return text(
                facts.isEmpty ? "because.counted" : "because.countedWith",
                ["done": String(done), "of": String(count), "facts": facts])
        case .reached(let day): return text("because.reached", ["day": day.danish])
        case .exempt: return text("because.exempt", ["facts": facts])
        case .ended(let day): return text("because.ended", ["day": day.danish])
        case .left(let day): return text("because.left", ["day": day.danish])
        case .unused(let day): return text("because.unused", ["day": day.danish])
        }
    }

    /// `6 måneder efter`
    private func span(_ span: TimeSpan) -> String {
        text(
            "span.\(span.unit.rawValue).\(span.count == 1 ? "one" : "many")",
            ["n": String(span.count)])
    }

    public func fact(_ fact: Caseload.Fact) -> String {
        let from = fact.start.danish
        let what = name(fact)
        switch fact.table {
        case .born, .qualified, .permit: return text("fact.\(fact.table)", ["from": from])
        case .acts: return text("fact.on", ["what": what, "from": from])
        default:
            guard let end = fact.end else {
                return text("fact.open", ["what": what, "from": from])
            }
            return text("fact.closed", ["what": what, "from": from, "to": end.danish])
        }
    }

    private func name(_ fact: Caseload.Fact) -> String {
        let word: String
        switch fact.table {
        case .benefits: word = "term.benefit"
        case .groups: word = "term.targetGroup"
        case .categories: word = "term.matchCategory"
        case .employments: word = "term.employment"
        case .offers: word = "term.offer"
        case .states: word = "law.state"
        case .acts: word = "law.act"
        case .born, .qualified, .permit: return ""
        }
        return texts.text("\(word).\(fact.code)", language)
    }
}
