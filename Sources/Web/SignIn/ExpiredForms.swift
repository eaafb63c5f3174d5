import Views

extension Visit {
    /// Somebody has to be signed in for this: leads to the sign-in, and back afterwards.
    func signInFirst() -> Answer {
        call.method == .post
            ? signInAgain() : .redirect(Route.signIn.link([("returnTo", ownLink)]))
    }

    /// Nobody is signed in any more: signing in leads back to the form with what was typed.
    func signInAgain() -> Answer {
        let returnTo = call.form["_form"].map { address(of: $0, call.form["purpose"]) }
        if let service = desk.configuration.signIn {
            return signInPage(service, returnTo: returnTo, unsaved: unsaved)
        }
        return page(
            SignInPage(
                action: Route.signIn.path, roles: Views.Role.allCases.filter { $0 != .employer },
                returnTo: returnTo,
                unsaved: unsaved), status: 401)
    }

    /// The form was made in another session, or comes from elsewhere. Nothing is done before
    /// somebody presses the button.
    func expired() -> Answer {
        page(
            ExpiredPage(
                unsaved: unsaved, action: Route.drafts.path,
                onwards: Link(text("views.section.home"), Route.home.path)), status: 403)
    }

    private var unsaved: UnsavedForm {
        let kept = Query(
            call.form.pairs.filter { !SentForm.own.contains($0.name) })
        return shown(kept, of: call.form["_form"], hadFile: !call.files.isEmpty)
    }

    /// What was typed before a sign-in that led nowhere, to take along to the next.
    func shown(_ unsaved: PendingSignIns.Unsaved) -> UnsavedForm {
        shown(Query(unsaved.fields), of: unsaved.form, hadFile: false)
    }

    /// What comes along with a sign-in; nil where nothing was typed before it.
    var typedBefore: PendingSignIns.Unsaved? {
        guard let form = call.form["_form"], let fields = call.form["_unsaved"] else { return nil }
        return PendingSignIns.Unsaved(form: form, fields: fields)
    }

    private func shown(_ kept: Query, of form: String?, hadFile: Bool) -> UnsavedForm {
        UnsavedForm(
            hidden: form.map {
                [.init("_form", $0), .init("_unsaved", kept.encoded)]
            } ?? [],
            typed: kept.pairs.filter {
                $0.name != "purpose" && ($0.value.contains(" ") || $0.value.count > 12)
            }.map(\.value),
            hadFile: hadFile)
    }
}
