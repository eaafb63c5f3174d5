import Chronology

/// A random sample of cases that is looked at with a checklist (ledelsestilsyn, stikprøve).
public struct CaseAudit: Hashable, Sendable {
    public var id: FactID
    public var title: String
    /// The checklist, and the first day of the version of it that is used.
    public var checklist: String
    public var version: Day
    /// What happened from the first to the last day can be drawn (stikprøverammen).
    public var start: Day
    public var end: Day
    /// How many cases are to be drawn; fewer where there are not so many.
    public var wanted: Int
    /// Draws the same sample again from the same registrations.
    public var seed: Int64
    public var drawn: Day
    /// Who drew it, as the ledger names that one.
    public var drawnBy: String
    public var strata: AuditStrata
    /// The day the sample was closed and its figures frozen; nil while it is being reviewed.
    public var closed: Day?
    /// What was found, as it stood when the sample was closed; empty before.
    public var figures: AuditFigures

    public init(
        id: FactID, title: String, checklist: String, version: Day, start: Day, end: Day,
        wanted: Int, seed: Int64, drawn: Day, drawnBy: String, strata: AuditStrata,
        closed: Day? = nil, figures: AuditFigures = AuditFigures([])
    ) {
        self.id = id
        self.title = title
        self.checklist = checklist
        self.version = version
        self.start = start
        self.end = end
        self.wanted = wanted
        self.seed = seed
        self.drawn = drawn
        self.drawnBy = drawnBy
        self.strata = strata
        self.closed = closed
        self.figures = figures
    }

    /// How many cases could have been drawn.
    public var frame: Int { strata.all.reduce(0) { $0 + $1.frame } }
    /// How many were drawn.
    public var size: Int { strata.all.reduce(0) { $0 + $1.drawn } }
}

/// A part of the frame that is drawn from by itself: a team, or all where it is not divided.
public struct AuditStratum: Hashable, Sendable {
    /// Empty where the frame is not divided, or nobody had the case.
    public var team: String
    public var frame: Int
    public var drawn: Int

    public init(team: String, frame: Int, drawn: Int) {
        self.team = team
        self.frame = frame
        self.drawn = drawn
    }
}

public struct AuditStrata: Hashable, Sendable, RawRepresentable {
    public var all: [AuditStratum]

    public init(_ all: [AuditStratum]) { self.all = all }

    public var rawValue: String {
        PackedLines.text(all.map { [$0.team, String($0.frame), String($0.drawn)] })
    }

    public init?(rawValue: String) {
        all = []
        for fields in PackedLines.read(rawValue) {
            guard fields.count == 3, let frame = Int(fields[1]), let drawn = Int(fields[2]) else {
                return nil
            }
            all.append(AuditStratum(team: fields[0], frame: frame, drawn: drawn))
        }
    }
}

/// One case of a sample, and what was found in it.
public struct AuditedCase: Hashable, Sendable {
    public var id: FactID
    public var audit: FactID
    /// From 1, in the order in which they were drawn.
    public var number: Int
    public var citizen: CitizenID
    public var kind: AuditedKind
    /// The decision, conversation or benefit spell that was drawn.
    public var matter: FactID
    /// In the order of the checklist; empty before the case is reviewed.
    public var findings: AuditFindings
    /// Who reviewed it, as the ledger names that one; empty before.
    public var reviewer: String
    public var reviewed: Day?

    public init(
        id: FactID, audit: FactID, number: Int, citizen: CitizenID, kind: AuditedKind,
        matter: FactID, findings: AuditFindings = AuditFindings([]), reviewer: String = "",
        reviewed: Day? = nil
    ) {
        self.id = id
        self.audit = audit
        self.number = number
        self.citizen = citizen
        self.kind = kind
        self.matter = matter
        self.findings = findings
        self.reviewer = reviewer
        self.reviewed = reviewed
    }
}

/// What a sample is drawn among.
public enum AuditedKind: String, CaseIterable, Sendable {
    /// Afgørelser, by the day they were made
    case decision
    /// Holdte samtaler, by their day
    case conversation
    /// Sygeforløb that have lasted eight weeks, by the day they had
    case sickness
}

/// What a reviewer found about one question.
public enum Finding: String, CaseIterable, Sendable {
    /// Opfyldt, ikke opfyldt, ikke relevant, kan ikke afgøres
    case met, notMet, notRelevant, cannotTell
}

public struct AuditFinding: Hashable, Sendable {
    public var question: String
    public var finding: Finding
    /// What the register said by itself; nil where it cannot.
    public var proposed: Finding?
    public var remark: String

    public init(question: String, finding: Finding, proposed: Finding? = nil, remark: String = "") {
        self.question = question
        self.finding = finding
        self.proposed = proposed
        self.remark = remark
    }
}

public struct AuditFindings: Hashable, Sendable, RawRepresentable {
    public var all: [AuditFinding]

    public init(_ all: [AuditFinding]) { self.all = all }

    public subscript(question: String) -> AuditFinding? {
        all.first { $0.question == question }
    }

    public var rawValue: String {
        PackedLines.text(
            all.map {
                [$0.question, $0.finding.rawValue, $0.proposed?.rawValue ?? "", $0.remark]
            })
    }

    public init?(rawValue: String) {
        all = []
        for fields in PackedLines.read(rawValue) {
            guard fields.count == 4, let finding = Finding(rawValue: fields[1]) else { return nil }
            let proposed = Finding(rawValue: fields[2])
            if proposed == nil, !fields[2].isEmpty { return nil }
            all.append(
                AuditFinding(
                    question: fields[0], finding: finding, proposed: proposed, remark: fields[3]))
        }
    }
}

/// How many cases were found to be what, for one question.
public struct AuditCount: Hashable, Sendable {
    public var question: String
    public var met: Int
    public var notMet: Int
    public var notRelevant: Int
    public var cannotTell: Int

    public init(
        question: String, met: Int = 0, notMet: Int = 0, notRelevant: Int = 0, cannotTell: Int = 0
    ) {
        self.question = question
        self.met = met
        self.notMet = notMet
        self.notRelevant = notRelevant
        self.cannotTell = cannotTell
    }

    public var all: Int { met + notMet + notRelevant + cannotTell }

    public mutating func add(_ finding: Finding) {
        switch finding {
        case .met: met += 1
        case .notMet: notMet += 1
        case .notRelevant: notRelevant += 1
        case .cannotTell: cannotTell += 1
        }
    }
}

public struct AuditFigures: Hashable, Sendable, RawRepresentable {
    /// In the order of the checklist.
    public var all: [AuditCount]

    public init(_ all: [AuditCount]) { self.all = all }

    public var rawValue: String {
        PackedLines.text(
            all.map { one in
                [one.question]
                    + [one.met, one.notMet, one.notRelevant, one.cannotTell].map { String($0) }
            })
    }

    public init?(rawValue: String) {
        all = []
        for fields in PackedLines.read(rawValue) {
            let counts = fields.dropFirst().compactMap { Int($0) }
            guard fields.count == 5, counts.count == 4 else { return nil }
            all.append(
                AuditCount(
                    question: fields[0], met: counts[0], notMet: counts[1],
                    notRelevant: counts[2], cannotTell: counts[3]))
        }
    }
}

/// What is done about a finding (a line of the handleplan), by whom and when.
public struct QualityAction: Hashable, Sendable {
    public var id: FactID
    /// The sample and the question it comes of; nil and empty for an action of its own.
    public var audit: FactID?
    public var question: String
    public var text: String
    /// The member of staff who answers for it.
    public var owner: FactID
    public var added: Day
    public var due: Day
    /// Nil while it is not done.
    public var done: Day?
    /// What was seen of it when it was done.
    public var result: String

    public init(
        id: FactID, audit: FactID?, question: String, text: String, owner: FactID, added: Day,
        due: Day, done: Day? = nil, result: String = ""
    ) {
        self.id = id
        self.audit = audit
        self.question = question
        self.text = text
        self.owner = owner
        self.added = added
        self.due = due
        self.done = done
        self.result = result
    }
}

/// Lines of fields in one text, so that any text can be a field.
enum PackedLines {
    static func text(_ lines: [[String]]) -> String {
        lines.map { $0.map { escaped($0) }.joined(separator: "\t") }.joined(separator: "\n")
    }

    static func read(_ text: String) -> [[String]] {
        // Of scalars: a carriage return and a line feed are one character.
        text.unicodeScalars.split(separator: "\n").map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map {
                plain(String(String.UnicodeScalarView($0)))
            }
        }
    }

    private static func escaped(_ field: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in field.unicodeScalars {
            switch scalar {
            case "\\": out.append(contentsOf: "\\\\".unicodeScalars)
            case "\t": out.append(contentsOf: "\\t".unicodeScalars)
            case "\n": out.append(contentsOf: "\\n".unicodeScalars)
            default: out.append(scalar)
            }
        }
        return String(out)
    }

    private static func plain(_ field: String) -> String {
        var out = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in field.unicodeScalars {
            if isEscaped {
                out.append(scalar == "t" ? "\t" : scalar == "n" ? "\n" : scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                out.append(scalar)
            }
        }
        return String(out)
    }
}
