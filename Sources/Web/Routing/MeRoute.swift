import Views

/// The addresses of the citizen's own pages, below `/me`.
public enum MeRoute: Hashable, Sendable {
    /// What happens next.
    case home
    case plan, talks, messages, jobs, career, log, forms, letters, guides, lookups, more
    /// The way back from sick leave, week by week.
    case back
    /// The citizen's complaints, and the citizens' adviser.
    case complaints, adviser
    /// The own case, and those of citizens whom one acts for.
    case cases
    /// A letter or a decision, by the registration in the query.
    case letter
    /// The CV, and the same as a file.
    case cv, cvFile
    /// All that is known of the citizen, as one file.
    case everything
    /// A planned conversation as a calendar's entry.
    case calendar
    /// A guide to read.
    case guide(Guide)
    case form(Form)

    /// What can be read about looking for work.
    public enum Guide: String, CaseIterable, Sendable {
        case application, cv, interview
    }

    /// What the citizen can register.
    public enum Form: String, CaseIterable, Sendable {
        /// A line of the plan is proposed; one is answered.
        case planLine = "plan-line"
        case planAnswer = "plan-answer"
        case message
        case book, move
        case callOff = "call-off"
        case profile, choice
        case cvEntry = "cv-entry"
        case cvAbout = "cv-about"
        case cvFile = "cv-file"
        /// One of the forms that are data; `id` names it.
        case record
        /// Hours at work while sick-listed.
        case partialReturn = "partial-return"
        /// A complaint, `id` names the decision complained of; and taking one back.
        case complain
        case withdrawComplaint = "withdraw-complaint"
        /// Yes or no to the adviser seeing the case; asking the adviser.
        case adviserConsent = "adviser-consent"
        case askAdviser = "ask-adviser"
        /// Somebody does not help the citizen any more; `id` names the record.
        case stopHelp = "stop-help"
        /// Yes or no to a focus group; `id` names the invitation.
        case focus

        /// Nobody fills it in for the citizen.
        var isPersonal: Bool { [.adviserConsent, .askAdviser, .stopHelp, .focus].contains(self) }
    }

    private static let single: [MeRoute] = [
        .plan, .talks, .messages, .jobs, .career, .log, .forms, .letters, .guides, .lookups,
        .more, .letter, .calendar, .cv, .cvFile, .everything, .back, .complaints, .adviser,
        .cases,
    ]

    var path: String {
        switch self {
        case .home: "/me"
        case .plan: "/me/plan"
        case .talks: "/me/conversations"
        case .messages: "/me/messages"
        case .jobs: "/me/jobs"
        case .career: "/me/career"
        case .log: "/me/job-log"
        case .forms: "/me/forms"
        case .letters: "/me/letters"
        case .guides: "/me/guides"
        case .lookups: "/me/who-looked"
        case .more: "/me/more"
        case .letter: "/me/letter"
        case .back: "/me/way-back"
        case .cv: "/me/cv"
        case .cvFile: "/me/cv.json"
        case .everything: "/me/everything.jsonl"
        case .complaints: "/me/complaints"
        case .adviser: "/me/adviser"
        case .cases: "/me/cases"
        case .calendar: "/me/calendar"
        case .guide(let guide): "/me/guides/\(guide.rawValue)"
        case .form(let form): "/me/do/\(form.rawValue)"
        }
    }

    /// The route of a path that begins with `/me`, or nil where nothing is.
    init?(_ path: String) {
        let routes =
            [.home] + Self.single + Guide.allCases.map { .guide($0) }
            + Form.allCases.map { .form($0) }
        guard let route = routes.first(where: { $0.path == path }) else { return nil }
        self = route
    }

    /// The part of the navigation it stands under.
    var section: Section {
        switch self {
        case .home: .me
        case .plan, .form(.planLine), .form(.planAnswer): .mePlan
        case .talks, .calendar, .form(.book), .form(.move), .form(.callOff), .form(.focus): .meTalks
        case .messages, .form(.message): .meMessages
        case .jobs, .career, .log, .guides, .guide, .form(.profile), .form(.choice), .cv,
            .cvFile, .form(.cvEntry), .form(.cvAbout), .form(.cvFile):
            .meJobs
        case .forms, .letters, .lookups, .more, .letter, .form(.record), .everything, .back,
            .form(.partialReturn), .complaints, .adviser, .form(.complain),
            .form(.withdrawComplaint), .form(.adviserConsent), .form(.askAdviser), .cases,
            .form(.stopHelp):
            .meMore
        }
    }
}
