import Chronology
import Indicators
import Jobcenter
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// A citizen's own answers after conversations over time, for the citizen and the caseworker
    /// to look at together.
    func citizenFeedback(_ number: Int64, _ visit: Visit) async throws -> Answer {
        try await visit.aboutCitizen(number, "views.trends.own") { file, purpose in
            visit.page(
                visit.page(file.feedback), section: .citizens,
                breadcrumb: visit.trail(to: file, purpose))
        }
    }
}

extension CitizenFile {
    /// The earliest first.
    fileprivate var feedback: [ConversationFeedback] {
        registrations.compactMap {
            if case .feedback(let answer) = $0.fact { answer } else { nil }
        }.sorted { ($0.day, $0.id) < ($1.day, $1.id) }
    }
}

extension Visit {
    fileprivate func page(_ answers: [ConversationFeedback]) -> FeedbackTrendsPage {
        FeedbackTrendsPage(
            headline: text("views.trends.own"),
            lead: text(answers.isEmpty ? "views.trends.ownNone" : "views.trends.ownLead"),
            notes: [], parts: answers.isEmpty ? [] : [part(answers)])
    }

    /// Month by month, from the first answer to the last; a month with several has their mean.
    private func part(_ answers: [ConversationFeedback]) -> FeedbackTrendsPage.Part {
        var sums: [Month: (sum: Double, count: Int)] = [:]
        for answer in answers {
            let month = Month(containing: answer.day)
            let old = sums[month] ?? (0, 0)
            sums[month] = (old.sum + Double(answer.overall), old.count + 1)
        }
        let first = Month(containing: answers[0].day)
        let last = Month(containing: answers[answers.count - 1].day)
        let months = (0...(last - first)).map { first + $0 }.suffix(36)
        let overall = text("views.trends.scale.overall")
        return FeedbackTrendsPage.Part(
            heading: text("views.trends.ownChart"), verdict: text("views.trends.ownUse"),
            isWarning: false,
            chart: LineChart(
                id: "trend", title: text("views.feedback.overall"), unit: .points, decimals: 1,
                periods: months.map { .month($0) },
                series: [
                    LineChart.Series(
                        name: overall, role: .main,
                        values: months.map { month in
                            sums[month].map { $0.sum / Double($0.count) }
                        })
                ]), table: table(answers))
    }

    private func table(_ answers: [ConversationFeedback]) -> DataTable {
        DataTable(
            id: "answers", caption: text("views.trends.ownTable"),
            columns: [DataTable.Column(text("views.trends.day"))]
                + FeedbackScale.allCases.map {
                    DataTable.Column(text("views.trends.scale.\($0.rawValue)"), decimals: 0)
                },
            rows: answers.reversed().map { answer in
                DataTable.Row(
                    header: wording.day(answer.day),
                    cells: [answer.heard, answer.topics, answer.method, answer.overall].map {
                        .number(Double($0))
                    })
            })
    }
}
