namespace ReleaseDashboard.Browser.Tests.Pages;

/// <summary>The stages of the wrapper playbook, over steps whose world the tests script.</summary>
public static class TestPlaybook
{
    public const string Text = """
        schema: 1
        name: wrapper
        title: Wrapper release
        revision: 7
        stages:
          - id: prepare
            title: Prepare
            steps:
              - { id: preflight, title: Preflight, kind: test.scripted, expected: 4s }
              - { id: set-version, title: Set version, kind: test.scripted, expected: 1s }
              - id: review
                title: Review checklist
                kind: checklist
                items:
                  - { id: constants, text: Constants reviewed }
                  - { id: readme, text: README read from top to bottom }
          - id: build
            title: Test and build
            steps:
              - { id: test, title: Run tests, kind: test.scripted, expected: 38s }
              - { id: package, title: Build source package, kind: test.scripted, expected: 64s }
          - id: merge
            title: Review and merge
            steps:
              - { id: merge, title: Merge, kind: test.scripted, expected: 2s }
          - id: upload
            title: Upload
            steps:
              - { id: upload-test, title: Upload to test index, kind: test.scripted, optional: true, expected: 5s }
              - id: approve
                title: Approve publication
                kind: approval
                inputs: { file: hello_wrapper-1.2.0.tar.gz, commit: 8c15f02e }
                approval: { count: 1, role: reviewer, not_starter: true }
              - { id: upload, title: Upload to PyPI, kind: test.scripted, expected: 5s }
          - id: after
            title: After release
            steps:
              - { id: tag, title: Tag, kind: test.scripted, expected: 2s }
        """;
}
