/// Answers of the API in files.
extension AdapterTemplate {
    static let certificates = AdapterTemplate(
        "Tests/ExampleCAAdapterTests/Fixtures/certificates.json",
        ##"""
        {
          "certificates": [
            {
              "id": 1001,
              "order_id": 501,
              "common_name": "www.example.com",
              "names": ["www.example.com", "example.com"],
              "state": "valid",
              "serial": "0A1B2C3D4E5F",
              "valid_from": "2026-01-10T08:00:00Z",
              "valid_to": "2026-07-28T08:00:00Z"
            },
            {
              "id": 1002,
              "order_id": 502,
              "common_name": "shop.example.com",
              "names": ["shop.example.com"],
              "state": "requested",
              "serial": null,
              "valid_from": null,
              "valid_to": null
            }
          ],
          "has_more": false
        }
        """##
    )

    static let oddCertificates = AdapterTemplate(
        "Tests/ExampleCAAdapterTests/Fixtures/certificates-odd.json",
        ##"""
        {
          "certificates": [
            { "id": "1003", "order_id": "503", "names": "one.example.com", "state": "frozen", "valid_to": "2026-07-28" },
            { "common_name": "no-id.example.com", "state": "valid" },
            { "id": 1004, "state": "valid", "valid_to": "soon", "colour": "blue" }
          ]
        }
        """##
    )

    static let order = AdapterTemplate(
        "Tests/ExampleCAAdapterTests/Fixtures/order.json",
        ##"""
        {
          "id": 501,
          "state": "valid",
          "product": "server-ov",
          "created_at": "2026-01-09T15:30:00Z",
          "certificates": [
            {
              "id": 1001,
              "order_id": 501,
              "common_name": "www.example.com",
              "names": ["www.example.com", "example.com"],
              "state": "valid",
              "serial": "0A1B2C3D4E5F",
              "valid_from": "2026-01-10T08:00:00Z",
              "valid_to": "2026-07-28T08:00:00Z"
            }
          ]
        }
        """##
    )
}
