import ArgumentParser
import Chronology
import Foundation
import Jobcenter
import Law
import Parameters

struct LawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "law", abstract: "The law as dated rules: what is owed, by when, and why.",
        discussion: "Example:\n  fodfaeste law rules --on 2026-07-01",
        subcommands: [
            Rules.self, Show.self, Obligations.self, WhatIfCommand.self, Portfolios.self,
            Ask.self, Entitlements.self, Check.self,
        ])

    struct Rules: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the rules in force on a day.",
            discussion: "Example:\n  fodfaeste law rules --on 2024-03-01 --area contact")

        @Option(help: "The day (default: today).") var on: Day?
        @Option(help: "Only one area of the law.") var area: RuleArea?
        @Flag(help: "Only rules that are uncertain.") var uncertain = false
        @Flag(help: "The rules expected if what is proposed is adopted.") var proposed = false
        @OptionGroup var choices: LawChoices
        @Option(help: "Language of the output: da or en.") var lang = Language.da

        func run() async throws {
            try await failing {
                let day = on ?? Wiring.clock(nil).today()
                let catalogue = try TextCatalogue.bundled()
                let texts = LawTexts(catalogue, lang)
                let book = try choices.book(lang, catalogue)
                let set: RuleSet = proposed ? .proposed(day) : .inForce(day)
                let rules = book.duties.compactMap { duty in
                    duty.version(under: set).map { (duty: duty, rule: $0) }
                }.filter { area == nil || $0.duty.area == area }
                    .filter { !uncertain || $0.rule.confidence == .uncertain }
                print(texts.text("rules.inForce", ["n": String(rules.count), "day": day.danish]))
                var current: RuleArea?
                for (duty, rule) in rules {
                    if duty.area != current { print("\n" + texts.text("area.\(duty.area)")) }
                    current = duty.area
                    print("  \(rule.id)\n      \(texts.sentence(rule))")
                }
                let changes = book.continuations.filter {
                    $0.basis.isInForce(on: day) && (area == nil || area == .contact)
                        && (!uncertain || $0.basis.confidence == .uncertain)
                }
                if !changes.isEmpty { print("\n" + texts.text("rules.continuations")) }
                for change in changes { print("  \(change.id)\n      \(texts.sentence(change))") }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one rule with its act, source and other versions.",
            discussion: """
                Examples:
                  fodfaeste law show contact-first-cash
                  fodfaeste law show contact-first-cash@2020-01-01
                """)

        @Argument(help: "The rule, or a duty for its version in force.") var rule: String
        @Option(help: "The day (default: today).") var on: Day?
        @OptionGroup var choices: LawChoices
        @Option(help: "Language of the output: da or en.") var lang = Language.da

        func run() async throws {
            try await failing {
                let catalogue = try TextCatalogue.bundled()
                let texts = LawTexts(catalogue, lang)
                let statutes = try choices.statutes(lang, catalogue)
                let book = statutes.rules
                if let entitlement = statutes.entitlements[rule] {
                    return Entitlements.show(entitlement, texts, lang)
                }
                if let change = book.continuation(rule) {
                    print("\(change.name[lang]) (\(change.id))\n\n\(texts.sentence(change))")
                    return print("\(texts.text("rules.source")): \(change.basis.source)")
                }
                guard let found = book.rule(rule, on: on ?? Wiring.clock(nil).today()) else {
                    let ids =
                        book.duties.flatMap { [$0.id] + $0.versions.map(\.id) }
                        + statutes.entitlements.entitlements.map(\.id)
                        + book.continuations.map(\.id)
                    let near = ScalarForms.nearest(to: rule, among: ids) ?? ids.first ?? ""
                    Console.complain(texts.text("rules.unknown", ["id": rule, "near": near]))
                    throw ExitCode(1)
                }
                let rule = found.rule
                print("\(found.duty.name[lang]) (\(rule.id))\n\n\(rule.text[lang])\n")
                print("\(texts.text("rules.law")): \(rule.law)")
                print("\(texts.text("rules.from")): \(dates(rule, texts))")
                print("\(texts.text("rules.source")): \(rule.source)")
                let confidence = texts.text("confidence.\(rule.confidence)")
                print("\(texts.text("rules.confidence")): \(confidence)")
                let right = rule.isRight ? " (\(texts.text("rules.right")))" : ""
                print(
                    "\(texts.text("rules.owedBy")): \(texts.text("debtor.\(rule.owedBy)"))\(right)")
                print("\n\(texts.text("rules.versions")):")
                for version in found.duty.versions {
                    let line = "  \(version.id)  \(dates(version, texts))  \(version.law) "
                    print(line + texts.marks(version))
                }
            }
        }

        private func dates(_ rule: Rule, _ texts: LawTexts) -> String {
            guard let end = rule.validTo else { return rule.validFrom.danish }
            return texts.text(
                "rules.fromTo", ["from": rule.validFrom.danish, "to": end.danish])
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check rule files; all problems of a file are shown at once.",
            discussion: """
                Files of duties and files of entitlements. Without files, everything that \
                ships is checked. Exit code 1 when a file has \
                problems. Example:
                  fodfaeste law check my-rules.yaml
                """)

        @Argument(help: "Rule files.") var files: [String] = []
        @Option(help: "Language of the problems: da or en.") var lang = Language.da

        func run() async throws {
            try await failing {
                let catalogue = try TextCatalogue.bundled()
                let texts = LawTexts(catalogue, lang)
                do {
                    let read = try files.map {
                        ($0, String(decoding: try Files.bytes($0), as: UTF8.self))
                    }
                    // Each language of files is told by its list.
                    let isOfEntitlements = { (file: (String, String)) in
                        file.1.split(separator: "\n").contains { $0.hasPrefix("entitlements:") }
                    }
                    let asked = read.filter(isOfEntitlements)
                    let rules = read.filter { !isOfEntitlements($0) }
                    if files.isEmpty || !rules.isEmpty {
                        report(
                            files.isEmpty ? try .bundled() : try RuleBook(files: rules),
                            rules.map(\.0), texts)
                    }
                    if files.isEmpty || !asked.isEmpty {
                        report(
                            files.isEmpty ? try .bundled() : try EntitlementBook(files: asked),
                            asked.map(\.0), texts)
                    }
                    if files.isEmpty { _ = try Limits.bundled() }
                } catch let problems as FileProblems {
                    for problem in problems.all { print(problem.line(in: lang, catalogue)) }
                    throw ExitCode(1)
                }
            }
        }

        private func report(_ book: RuleBook, _ files: [String], _ texts: LawTexts) {
            print(
                texts.text(
                    "rules.sound",
                    [
                        "file": name(files), "duties": String(book.duties.count),
                        "rules": String(book.duties.reduce(0) { $0 + $1.versions.count }),
                    ]))
        }

        private func report(_ book: EntitlementBook, _ files: [String], _ texts: LawTexts) {
            let versions = book.entitlements.reduce(0) { $0 + $1.versions.count }
            print(
                texts.text(
                    "rules.soundEntitlements",
                    [
                        "file": name(files), "entitlements": String(book.entitlements.count),
                        "versions": String(versions),
                    ]))
        }

        private func name(_ files: [String]) -> String {
            files.isEmpty ? "fodfaeste" : files.joined(separator: ", ")
        }
    }
}

extension RuleArea: ExpressibleByArgument {}
