import Markup
import Reporting

/// What there is to do for companies (mine virksomheder), and finding one.
public struct CompaniesPage: Page, Hashable {
    /// The answer to "what is next": promised answers, orders and visits.
    public var headline: String
    /// What was searched for, and what was found; nil before a search.
    public var text: String
    public var found: Found?
    /// What a company can have said that it offers; the first is anything.
    public var offers: [Choice]
    /// Promised answers, visits, records to look at, companies to contact.
    public var sections: [CaseListPage.Section]
    public var links: [Link]
    public var receipt: CitizenPage.Receipt?
    /// Searches by GET.
    public var action: String

    public struct Found: Hashable, Sendable {
        public var companies: [Company]
        /// Said where there are more, or none.
        public var notice: String?

        public init(companies: [Company], notice: String?) {
            self.companies = companies
            self.notice = notice
        }
    }

    public struct Company: Hashable, Sendable {
        public var name: String
        public var cvr: String
        public var industry: String
        public var href: String

        public init(name: String, cvr: String, industry: String, href: String) {
            self.name = name
            self.cvr = cvr
            self.industry = industry
            self.href = href
        }
    }

    public init(
        headline: String, text: String, found: Found?, offers: [Choice],
        sections: [CaseListPage.Section],
        links: [Link], receipt: CitizenPage.Receipt? = nil, action: String
    ) {
        self.headline = headline
        self.text = text
        self.found = found
        self.offers = offers
        self.sections = sections
        self.links = links
        self.receipt = receipt
        self.action = action
    }

    public func title(_ wording: Wording) -> String { headline }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let receipt { html.receipt(receipt, wording) }
        html.query(action, button: wording("views.companies.search")) { html in
            html(.div, class: "field") { html in
                html(.label, Attribute("for", fixed: "q"), text: wording("views.companies.who"))
                html(.input, .type("search"), .id("q"), .name("q"), .value(text))
            }
            html.choose(wording("views.companies.offer"), name: "offer", id: "offer", offers)
        }
        if let found {
            html(.div, .id("found"), .role("status")) { html in
                if let notice = found.notice { html(.p, text: notice) }
                if !found.companies.isEmpty { table(found.companies, &html, wording) }
            }
        }
        html.links(links)
        html.sections(sections, wording)
    }

    private func table(_ companies: [Company], _ html: inout HTML, _ wording: Wording) {
        DataTable(
            id: "companies", caption: wording("views.companies.caption"),
            columns: [
                .init(wording("views.companies.name")), .init(wording("views.companies.cvr")),
                .init(wording("views.companies.industry")),
            ],
            rows: companies.map {
                .init(
                    header: $0.name, href: $0.href, cells: [.text($0.cvr), .text($0.industry)])
            }
        ).write(to: &html, wording)
    }
}
