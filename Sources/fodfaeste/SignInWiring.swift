import ArgumentParser
import Exchange
import Foundation
import Jobcenter
import Parameters
import Registry
import Web

/// Makes the sign-in of a file.
enum SignInWiring {
    /// Reads the file and the secrets that it names.
    static func service(_ path: String, _ options: CommonOptions) throws -> SignInService {
        let text = String(decoding: try Files.bytes(path), as: UTF8.self)
        let file: SignInFile
        do throws(FileProblems) {
            file = try SignInFile(text, file: path, roles: SignInRoles.all.map(\.rawValue))
        } catch {
            Console.complain(error, options.lang, try TextCatalogue.bundled())
            throw ExitCode(1)
        }
        // The whole of it is a page that somebody waits for.
        let transport = URLSessionTransport(timeLimit: .seconds(10), sizeLimit: 1 << 20)
        let now = Wiring.clock(nil).now
        let doors = try file.entries.map { entry in
            var provider = entry.provider
            provider.secret = try secret(entry.secret)
            return SignInService.Door(
                client: SignInClient(provider, transport: transport, now: now),
                contact: entry.contact)
        }
        let standard = SessionLimits()
        return SignInService(
            doors: doors,
            roles: SignInRoles(
                grants: file.roles.compactMap { grant in
                    Role(rawValue: grant.role).map { .init(value: grant.value, role: $0) }
                }, staff: file.staff.mapValues { FactID($0) }),
            limits: SessionLimits(
                idleOutside: file.idleMinutes.map { Int64($0) * 60 } ?? standard.idleOutside,
                longest: file.longestHours.map { Int64($0) * 3_600 } ?? standard.longest))
    }

    private static func secret(_ place: SignInFile.SecretPlace) throws -> AccessToken? {
        switch place {
        case .none: return nil
        case .file(let path):
            guard let secret = AccessToken(String(decoding: try Files.bytes(path), as: UTF8.self))
            else { throw CommandError.noSecret(path) }
            return secret
        case .variable(let name):
            guard let secret = AccessToken(ProcessInfo.processInfo.environment[name] ?? "")
            else { throw CommandError.noSecret("$\(name)") }
            return secret
        }
    }
}
