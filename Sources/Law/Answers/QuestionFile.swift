import Chronology
import Parameters
import Registry

/// A file of questions to the limits of the law, in JSON or YAML.
public struct QuestionFile: Hashable, Sendable {
    public enum Question: Hashable, Sendable {
        case ratio(EmployerQuestion)
        /// With the ordinary hours of the month it starts in, in hundredths.
        case netEmployment(EmployerQuestion, now: Int)
        case offer(OfferQuestion)
        case sanction(SanctionQuestion)
        case refund(on: Day, weeks: Int, selfSupport: Int, since: Int)
        case cashBenefit(CashQuestion)
        case workDuty(WorkWeek)
        case sixWeeks(SixWeeksQuestion)
        case entitlement(EntitlementQuestion)
    }

    public var questions: [Question]

    /// Throws every problem of the file at once: also of what an entitlement asks to be
    /// told and is not.
    public init(
        _ text: String, file: String, about book: EntitlementBook
    ) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        var questions: [Question] = []
        if let root = problems.document(text, QuestionFile.grammar) {
            for place in root["questions"].items {
                guard place.keys.count == 1, let key = place.keys.first?.string else {
                    problems.add(.oneQuestion, at: place)
                    continue
                }
                if key == "entitlement" {
                    let question = EntitlementQuestion(
                        place[key], what: place[key]["what"], book, &problems)
                    if let question { questions.append(.entitlement(question)) }
                } else {
                    questions.append(QuestionFile.question(key, place[key], &problems))
                }
            }
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
        self.questions = questions
    }

    private static func question(
        _ key: String, _ place: DocumentPlace, _ problems: inout FileProblemList
    ) -> Question {
        switch key {
        case "ratio": return .ratio(EmployerQuestion(place))
        case "netEmployment":
            return .netEmployment(EmployerQuestion(place), now: place["now"].hundredths)
        case "offer":
            let question = OfferQuestion(place)
            if question.ends < question.starts {
                problems.add(.endsBeforeItBegins, at: place["ends"])
            }
            return .offer(question)
        case "sanction":
            let question = SanctionQuestion(place)
            if question.decided < question.day {
                problems.add(.endsBeforeItBegins, at: place["decided"])
            }
            if let resumed = question.resumed, resumed < question.day {
                problems.add(.endsBeforeItBegins, at: place["resumed"])
            }
            return .sanction(question)
        case "cashBenefit": return .cashBenefit(CashQuestion(place))
        case "workDuty": return .workDuty(WorkWeek(place))
        case "sixWeeks":
            let question = SixWeeksQuestion(place)
            if question.ends < question.starts {
                problems.add(.endsBeforeItBegins, at: place["ends"])
            }
            return .sixWeeks(question)
        default:
            return .refund(
                on: place["on"].day ?? .openEnd, weeks: place["weeks"].integer ?? 0,
                selfSupport: place["selfSupportWeeks"].integer ?? 0,
                since: place["weeksSince"].integer ?? place["weeks"].integer ?? 0)
        }
    }

    static let grammar = ValueRule.object([
        .needs("format", .integer(1...1)),
        .needs(
            "questions",
            .list(
                .object([
                    .may("ratio", .object(employer)),
                    .may("netEmployment", .object(employer + [.needs("now", .number)])),
                    .may("offer", offer), .may("sanction", sanction),
                    .may("cashBenefit", cash), .may("workDuty", week),
                    .may("sixWeeks", sixWeeks), .may("entitlement", entitlement),
                    .may(
                        "refund",
                        .object([
                            .needs("on", .day), .needs("weeks", .integer(1...5_000)),
                            .may("selfSupportWeeks", .integer(0...157)),
                            .may("weeksSince", .integer(1...5_000)),
                        ])),
                ]))),
    ])

    private static let month = ValueRule.form(
        WrittenForm(pattern: "^[0-9]{4}-[0-9]{2}$", problem: .notADate) {
            Day(iso: $0 + "-01") != nil
        })
    private static let inOffer = ValueRule.object([
        .needs("kind", .words(OfferKind.self)), .needs("hoursPerWeek", .number),
        .may("outsideRatio", truth),
    ])
    private static let employer: [FieldRule] = [
        .needs("starts", .day),
        .needs(
            "work", .list(.object([.needs("month", month), .needs("hours", .number)]))),
        .may("inOffers", .list(inOffer)), .needs("asked", inOffer),
    ]
    private static let truth = ValueRule.word(["true", "false"])

    private static let cash = ValueRule.object([
        .needs("on", .day), .needs("age", .integer(15...130)),
        .needs("residenceMonths", .integer(0...120)), .needs("workMonths", .integer(0...120)),
        .may("atHome", truth), .may("underEULaw", truth), .may("entered", .day),
        .may("returned", truth),
    ])
    private static let entitlement = ValueRule.object([
        .needs("what", .reference), .needs("on", .day), .may("facts", .mapping),
        .may("ifAdopted", truth),
    ])
    private static let week = ValueRule.object([
        .needs("on", .day), .needs("workHours", .number), .may("preparationHours", .number),
        .may("assessedHours", .number),
    ])
    private static let sixWeeks = ValueRule.object([
        .needs("unemployedFrom", .day), .needs("starts", .day), .needs("ends", .day),
        .needs("age", .integer(15...130)), .may("group", .words(TargetGroup.self)),
        .may("onList", truth), .may("skilledAtMost", truth), .may("onAllowance", truth),
    ])

    private static let offer = ValueRule.object([
        .needs("kind", .words(OfferKind.self)), .needs("starts", .day), .needs("ends", .day),
        .needs("group", .words(TargetGroup.self)), .may("category", .words(MatchCategory.self)),
        .needs("age", .integer(15...130)), .may("qualified", truth),
        .may("singleParent", truth), .may("monthsOnBenefits", .integer(0...1_200)),
        .may("lastEmployer", truth), .may("extended", truth), .may("employed", truth),
        .may("availabilityTest", truth),
    ])

    private static let sanction = ValueRule.object([
        .needs("breach", .words(SanctionQuestion.Breach.self)), .needs("on", .day),
        .needs("decided", .day), .needs("category", .words(MatchCategory.self)),
        .may("guided", .day), .may("told", truth), .may("heard", truth),
        .may("reasonableGround", truth), .may("contactExhausted", truth),
        .needs("help", .integer(0...100_000)), .may("days", .integer(1...366)),
        .may("resumed", .day), .may("secondInMonth", truth),
    ])
}

extension FileProblem.Kind {
    static let oneQuestion = Self(rawValue: "oneQuestion")

    /// The kinds of files of questions.
    public static let ofQuestions: [FileProblem.Kind] = [.oneQuestion]
}

extension DocumentPlace {
    fileprivate var isTrue: Bool { string == "true" }

    /// A decimal number in hundredths.
    fileprivate var hundredths: Int {
        Int(((ScalarForms.number(string) ?? 0) * 100).rounded())
    }
}

extension EmployerQuestion {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            starts: place["starts"].day ?? .openEnd,
            work: place["work"].items.map {
                MonthOfWork(
                    Month(containing: Day(iso: $0["month"].string + "-01") ?? .openEnd),
                    hours: $0["hours"].hundredths)
            },
            inOffers: place["inOffers"].items.map { InOffer($0) },
            asked: InOffer(place["asked"]))
    }
}

extension EmployerQuestion.InOffer {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            OfferKind(rawValue: place["kind"].string) ?? .companyInternshipPrivate,
            WeeklyTime(
                minutes: Int32(
                    ((ScalarForms.number(place["hoursPerWeek"].string) ?? 0) * 60)
                        .rounded())), isOutsideRatio: place["outsideRatio"].isTrue)
    }
}

extension CashQuestion {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            on: place["on"].day ?? .openEnd, age: place["age"].integer ?? 0,
            residenceMonths: place["residenceMonths"].integer ?? 0,
            workMonths: place["workMonths"].integer ?? 0, isAtHome: place["atHome"].isTrue,
            isUnderEULaw: place["underEULaw"].isTrue, entered: place["entered"].day,
            hasReturned: place["returned"].isTrue)
    }
}

extension WorkWeek {
    fileprivate init(_ place: DocumentPlace) {
        func minutes(_ key: String) -> Int { place[key].hundredths * 60 / 100 }
        self.init(
            on: place["on"].day ?? .openEnd, work: minutes("workHours"),
            preparation: minutes("preparationHours"),
            assessed: place["assessedHours"].exists ? minutes("assessedHours") : nil)
    }
}

extension SixWeeksQuestion {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            unemployedFrom: place["unemployedFrom"].day ?? .openEnd,
            starts: place["starts"].day ?? .openEnd, ends: place["ends"].day ?? .openEnd,
            age: place["age"].integer ?? 0,
            group: TargetGroup(rawValue: place["group"].string) ?? .group1,
            isOnList: place["onList"].isTrue, isSkilledAtMost: place["skilledAtMost"].isTrue,
            isOnAllowance: place["onAllowance"].isTrue)
    }
}

extension OfferQuestion {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            OfferKind(rawValue: place["kind"].string) ?? .companyInternshipPrivate,
            starts: place["starts"].day ?? .openEnd, ends: place["ends"].day ?? .openEnd,
            group: TargetGroup(rawValue: place["group"].string) ?? .group1,
            category: MatchCategory(rawValue: place["category"].string),
            age: place["age"].integer ?? 0,
            isQualified: !place["qualified"].exists || place["qualified"].isTrue,
            isSingleParent: place["singleParent"].isTrue,
            monthsOnBenefits: place["monthsOnBenefits"].integer ?? 0,
            isAtLastEmployer: place["lastEmployer"].isTrue, isExtended: place["extended"].isTrue,
            isEmployed: place["employed"].isTrue, isTest: place["availabilityTest"].isTrue)
    }
}

extension SanctionQuestion {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            Breach(rawValue: place["breach"].string) ?? .absentFromOffer,
            on: place["on"].day ?? .openEnd, decided: place["decided"].day ?? .openEnd,
            category: MatchCategory(rawValue: place["category"].string) ?? .jobReady,
            guided: place["guided"].day, isTold: place["told"].isTrue,
            isHeard: place["heard"].isTrue,
            hadReasonableGround: place["reasonableGround"].isTrue,
            isContactExhausted: place["contactExhausted"].isTrue,
            help: place["help"].integer ?? 0, days: place["days"].integer ?? 1,
            resumed: place["resumed"].day, isSecondInMonth: place["secondInMonth"].isTrue)
    }
}

extension Limits {
    /// The answer to a question; nil where no rule is held for the day or the offer.
    public func answer(_ question: QuestionFile.Question) -> Answer? {
        switch question {
        case .ratio(let question): ratio(question)
        case .netEmployment(let question, let now): netEmployment(question, now: now)
        case .offer(let question): offer(question)
        case .sanction(let question): sanction(question)
        case .cashBenefit(let question): cashBenefit(question)
        case .workDuty(let week): workDuty(week)
        case .sixWeeks(let question): sixWeeks(question)
        case .entitlement(let question): question.answer()
        case .refund(let day, let weeks, let selfSupport, let since):
            refund(weeks: weeks, selfSupport: selfSupport, since: since, on: day)?.answer
        }
    }
}
