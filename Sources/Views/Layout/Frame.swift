import Parameters

/// The parts of the site that stand in the navigation.
public enum Section: String, CaseIterable, Sendable {
    case home, day, citizens, companies, plan, packs, indicators, comparison, effects, law, lookups
    case quality, complaints, adviser
    // Of citizens' own pages.
    case me, mePlan, meTalks, meMessages, meJobs, meMore
    // Of companies' own pages.
    case door, doorOrders, doorAgreements, doorEvents
}

/// What surrounds every page: who reads it, where it is, and the links around it.
public struct Frame: Sendable {
    public var language: Language
    /// The authority's name: `Herlev Kommune`.
    public var municipality: String
    /// Nil before sign-in.
    public var user: User?
    /// Whose case it is, where the user acts for somebody else; each page says so.
    public var actsFor: String?
    /// True where the people are made up; a banner says so.
    public var isDemo: Bool
    /// The sections this user may open, in order.
    public var navigation: [NavigationItem]
    public var section: Section?
    /// The pages above this one, from the top; the page itself is added.
    public var breadcrumb: [Link]
    /// The same page in each language.
    public var languageLinks: [LanguageLink]
    public var links: Links
    /// The program's version, in the footer.
    public var version: String
    /// Sent along with every form that changes something; nil where none is used.
    public var formToken: String?

    /// Those who work at the jobcenter reach everything by typing; others have few pages.
    var hasCommandBox: Bool { ![.citizen, .employer].contains(user?.role) }

    public struct User: Hashable, Sendable {
        public var name: String
        public var role: Role
        public init(name: String, role: Role) {
            self.name = name
            self.role = role
        }
    }

    public struct NavigationItem: Hashable, Sendable {
        public var section: Section
        public var href: String
        public init(_ section: Section, href: String) {
            self.section = section
            self.href = href
        }
    }

    public struct LanguageLink: Hashable, Sendable {
        public var language: Language
        public var href: String
        public init(_ language: Language, href: String) {
            self.language = language
            self.href = href
        }
    }

    /// The fixed addresses that every page links to.
    public struct Links: Hashable, Sendable {
        public var home: String
        public var signIn: String
        /// Takes a POST.
        public var signOut: String
        public var accessibility: String
        public var privacy: String
        public var repatriation: String
        public var stylesheet: String
        public var script: String

        public init(
            home: String, signIn: String, signOut: String, accessibility: String,
            privacy: String, repatriation: String,
            stylesheet: String, script: String
        ) {
            self.home = home
            self.signIn = signIn
            self.signOut = signOut
            self.accessibility = accessibility
            self.privacy = privacy
            self.repatriation = repatriation
            self.stylesheet = stylesheet
            self.script = script
        }
    }

    public init(
        language: Language, municipality: String, user: User? = nil, actsFor: String? = nil,
        isDemo: Bool = false,
        navigation: [NavigationItem] = [], section: Section? = nil, breadcrumb: [Link] = [],
        languageLinks: [LanguageLink] = [], links: Links, version: String,
        formToken: String? = nil
    ) {
        self.language = language
        self.municipality = municipality
        self.user = user
        self.actsFor = actsFor
        self.isDemo = isDemo
        self.navigation = navigation
        self.section = section
        self.breadcrumb = breadcrumb
        self.languageLinks = languageLinks
        self.links = links
        self.version = version
        self.formToken = formToken
    }
}
