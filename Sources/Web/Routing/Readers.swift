import Jobcenter

/// Whom an address is for, whatever its use case allows besides.
enum Readers: Sendable {
    /// Everybody, signed in or not.
    case everybody
    /// Those who work at the jobcenter; without a sign-in, whoever the site is shown to.
    case staff
    /// The citizen whose own pages they are.
    case citizens
    /// The company whose own pages they are.
    case companies
}

extension Route {
    /// A new address has to be given its readers here before it compiles.
    var readers: Readers {
        switch self {
        case .home, .signIn, .provided, .signOut, .plan, .planStatus, .goal, .target, .indicators,
            .indicator, .indicatorFile, .compare, .effects, .effect, .law, .rule, .whatIf,
            .allowed, .entitlement, .packs, .edition, .editionNumber, .editionFile, .openData,
            .published, .sign, .feedback, .repatriation, .accessibility, .privacy, .health,
            // Programs ask there, with a signature of their own.
            .pool(.feeds), .survey, .represent:
            .everybody
        case .surveys(let route): route.isOpen ? .everybody : .staff
        case .quality(let route): route.isOpen ? .everybody : .staff
        case .complaints(let route): route.isOpen ? .everybody : .staff
        case .adviser(let route): route.isOpen ? .everybody : .staff
        case .people, .whatIfPeople, .portfolios, .citizenLaw, .citizens, .citizen, .citizenForm,
            .myPlan, .letter, .calendar, .course, .records, .post, .file, .efforts, .wholePlan,
            .jobs, .printed, .mailings, .newMailing, .mailing, .mailingLetters, .pack, .packFile,
            .packNote, .packNumber, .editionNow, .editionMoved, .companies, .newCompany,
            .company, .companyForm, .orders, .order, .orderForm, .candidates, .events, .shops,
            .pool, .agreements, .newAgreement, .agreement, .agreementForm, .moveCases, .day,
            .drafts, .due, .lookups, .feedbackTrends, .citizenFeedback:
            .staff
        case .me: .citizens
        case .door: .companies
        }
    }

    /// Whether one who is signed in may come to the address at all.
    func isFor(_ role: Role) -> Bool {
        switch readers {
        case .everybody: true
        case .staff: !role.isOutside
        case .citizens: role == .citizen
        case .companies: role == .employer
        }
    }
}
