/// The documentation page.
extension AdapterTemplate {
    static let page = AdapterTemplate(
        "Sources/ExampleCAAdapter/ExampleCAAdapter.docc/ExampleCAAdapter.md",
        ##"""
        # ``ExampleCAAdapter``

        Example CA behind the calls that are the same for every certificate authority.

        ## Overview

        One line registers the adapter in a program that embeds certhost:

        ```swift
        let registry = try AdapterRegistry([.exampleCA(transport: transport)])
        ```

        Then `adapter: example-ca` works in its `plugins.yaml`:

        ```yaml
        providers:
          example-ca:
            adapter: example-ca
            settings:
              token: ${env:EXAMPLE_CA_TOKEN}
              base_url: https://api.example-ca.example/v1
        ```

        | setting | value | meaning |
        |---|---|---|
        | `token` | a reference to a credential, required | An API token of the account. One that may only read will do. |
        | `base_url` | a URL, required | The root of the API, with its version. |

        A provider lists certificates and shows orders, by their ids. Anything else is refused before a request is sent, because it isn't
        declared.

        ## Topics

        ### What the API sends

        - ``ExampleCA``
        """##
    )
}
