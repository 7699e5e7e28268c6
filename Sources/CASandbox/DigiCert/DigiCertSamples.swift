internal import CertProtocol

/// The sample answers of DigiCert's Services API documentation, as printed there.
enum DigiCertSamples {
    /// "Order info", `200 OK (needs_approval)`.
    static let needsApproval = officialSample(
        #"""
        {
          "id": 123456,
          "certificate": {
            "common_name": "example.com",
            "dns_names": [
              "example2.com",
              "example3.com"
            ],
            "date_created": "2018-10-16T20:05:28+00:00",
            "csr": "<csr>",
            "organization": {
              "id": 112233
            },
            "organization_units": [
              "Not Fake Company Inc."
            ],
            "server_platform": {
              "id": -1,
              "name": "OTHER",
              "install_url": "http://www.digicert.com/SSL-certificate-installation.htm",
              "csr_url": "http://www.digicert.com/csr-creation.htm"
            },
            "signature_hash": "sha256",
            "key_size": 2048,
            "ca_cert": {
              "id": "<cert_id>",
              "name": "DigiCert SHA2 Secure Server CA"
            }
          },
          "status": "needs_approval",
          "is_renewal": false,
          "date_created": "2018-10-16T20:05:28+00:00",
          "organization": {
            "id": 112233,
            "name": "Epigyne Unwieldiness llc",
            "assumed_name": "Epigyne Unwieldiness",
            "display_name": "Epigyne Unwieldiness llc (Epigyne Unwieldiness)",
            "city": "Minneapolis",
            "state": "mn",
            "country": "us"
          },
          "validity_years": 1,
          "disable_renewal_notifications": false,
          "auto_renew": 0,
          "container": {
            "id": 15,
            "name": "History Department",
            "is_active": true
          },
          "product": {
            "name_id": "ssl_plus",
            "name": "Standard SSL",
            "type": "ssl_certificate",
            "validation_type": "ov",
            "validation_name": "OV",
            "validation_description": "Normal Organization Validation",
            "csr_required": true
          },
          "organization_contact": {
            "first_name": "Gia",
            "last_name": "Booth",
            "email": "gia.booth@inbox.com",
            "job_title": "Clinical Laboratory Technician",
            "telephone": "666-186-6450",
            "telephone_extension": "736"
          },
          "technical_contact": {
            "first_name": "Gia",
            "last_name": "Booth",
            "email": "gia.booth@inbox.com",
            "job_title": "Clinical Laboratory Technician",
            "telephone": "666-186-6450",
            "telephone_extension": "736"
          },
          "user": {
            "id": 44,
            "first_name": "John",
            "last_name": "Smith",
            "email": "john.smith@digicert.com"
          },
          "purchased_dns_names": 2,
          "requests": [
            {
              "id": 198,
              "date": "2018-10-16T20:05:28+00:00",
              "type": "new_request",
              "status": "pending",
              "comments": "Certificate comment."
            }
          ],
          "public_id": "<public_id>",
          "is_out_of_contract": false,
          "payment_method": "balance",
          "product_name_id": "ssl_plus",
          "custom_fields": [
            {
              "metadata_id": 12,
              "label": "Invoice #",
              "value": "123456"
            }
          ],
          "disable_issuance_email": false
        }
        """#
    )

    /// "Order info", `200 OK (issued)`.
    static let issued = officialSample(
        #"""
        {
          "id": 123456,
          "certificate": {
            "common_name": "example.com",
            "dns_names": [
              "example2.com",
              "example3.com"
            ],
            "date_created": "2019-04-30T18:02:50+00:00",
            "valid_from": "2019-04-30",
            "valid_till": "2020-04-30",
            "days_remaining": 289,
            "csr": "<csr>",
            "organization": {
              "id": 112233
            },
            "organization_units": [
              "Not Fake Company Inc."
            ],
            "server_platform": {
              "id": -1,
              "name": "OTHER",
              "install_url": "http://www.digicert.com/SSL-certificate-installation.htm",
              "csr_url": "http://www.digicert.com/csr-creation.htm"
            },
            "signature_hash": "sha256",
            "key_size": 2048,
            "user_id": 12345
          },
          "status": "issued",
          "is_renewal": false,
          "date_created": "2019-04-30T18:02:50+00:00",
          "organization": {
            "id": 112233,
            "name": "Epigyne Unwieldiness llc",
            "assumed_name": "Epigyne Unwieldiness",
            "display_name": "Epigyne Unwieldiness llc (Epigyne Unwieldiness)",
            "city": "Minneapolis",
            "state": "mn",
            "country": "us"
          },
          "validity_years": 1,
          "disable_renewal_notifications": false,
          "auto_renew": 0,
          "container": {
            "id": 15,
            "name": "History Department",
            "is_active": true
          },
          "product": {
            "name_id": "ssl_plus",
            "name": "Standard SSL",
            "type": "ssl_certificate",
            "validation_type": "ov",
            "validation_name": "OV",
            "validation_description": "Normal Organization Validation",
            "csr_required": true
          },
          "organization_contact": {
            "first_name": "Gia",
            "last_name": "Booth",
            "email": "gia.booth@inbox.com",
            "job_title": "Clinical Laboratory Technician",
            "telephone": "666-186-6450",
            "telephone_extension": "736"
          },
          "technical_contact": {
            "first_name": "Gia",
            "last_name": "Booth",
            "email": "gia.booth@inbox.com",
            "job_title": "Clinical Laboratory Technician",
            "telephone": "666-186-6450",
            "telephone_extension": "736"
          },
          "user": {
            "id": 44,
            "first_name": "John",
            "last_name": "Smith",
            "email": "john.smith@digicert.com"
          },
          "purchased_dns_names": 2,
          "requests": [
            {
              "id": 198,
              "date": "2018-10-16T20:05:28+00:00",
              "type": "new_request",
              "status": "pending",
              "comments": "Certificate comment."
            }
          ],
          "public_id": "<public_id>",
          "is_out_of_contract": false,
          "payment_method": "balance",
          "product_name_id": "ssl_plus",
          "custom_fields": [
            {
              "metadata_id": 12,
              "label": "Invoice #",
              "value": "123456"
            }
          ],
          "disable_issuance_email": false
        }
        """#
    )

    /// "List duplicates", `200 OK`.
    static let duplicates = officialSample(
        #"""
        {
          "certificates": [
            {
              "id": 12345,
              "thumbprint": "<thumbprint>",
              "serial_number": "<serial_number>",
              "common_name": "example.com",
              "dns_names": [
                "sub.example.com"
              ],
              "status": "approved",
              "date_created": "2016-03-25T21:01:40+00:00",
              "valid_from": "2016-03-23",
              "valid_till": "2019-03-28",
              "days_remaining": 111,
              "csr": "<csr>",
              "server_platform": {
                "id": 45,
                "name": "nginx",
                "install_url": "http://www.digicert.com/ssl-certificate-installation-nginx.htm",
                "csr_url": "http://www.digicert.com/csr-creation-nginx.htm"
              },
              "signature_hash": "sha256",
              "key_size": 2048,
              "ca_cert_id": "1005",
              "sub_id": "111",
              "public_id": "<public_id>",
              "archived": "0",
              "user_id": 2,
              "firstname": "Jan",
              "lastname": "Sport"
            },
            {
              "id": 23456,
              "common_name": "anewdomain.com",
              "dns_names": [
                "sub.anewdomain.com"
              ],
              "status": "rejected",
              "date_created": "2018-11-14T19:57:09+00:00",
              "csr": "<csr>",
              "server_platform": {
                "id": 45,
                "name": "nginx",
                "install_url": "http://www.digicert.com/ssl-certificate-installation-nginx.htm",
                "csr_url": "http://www.digicert.com/csr-creation-nginx.htm"
              },
              "signature_hash": "sha256",
              "key_size": 2048,
              "ca_cert_id": "1005",
              "sub_id": "112",
              "public_id": "<public_id>",
              "archived": "0",
              "user_id": 5,
              "firstname": "John",
              "lastname": "Someone"
            },
            {
              "id": 34567,
              "common_name": "example.net",
              "dns_names": [
                "sub.example.net"
              ],
              "status": "pending",
              "date_created": "2018-11-15T22:41:43+00:00",
              "csr": "<csr>",
              "server_platform": {
                "id": 45,
                "name": "nginx",
                "install_url": "http://www.digicert.com/ssl-certificate-installation-nginx.htm",
                "csr_url": "http://www.digicert.com/csr-creation-nginx.htm"
              },
              "signature_hash": "sha256",
              "key_size": 2048,
              "ca_cert_id": "1005",
              "sub_id": "113",
              "public_id": "<public_id>",
              "archived": "0",
              "user_id": 12,
              "firstname": "Jill",
              "lastname": "Valentine"
            }
          ]
        }
        """#
    )

    /// "List subaccount orders", `200 OK`.
    static let subaccountOrders = officialSample(
        #"""
        {
          "orders": [
            {
              "id": 123456,
              "subaccount": {
                "account_id": 112233,
                "account_type": "enterprise",
                "organization_name": "Sub account organization"
              },
              "product": {
                "name_id": "ssl_plus",
                "name": "Standard SSL",
                "type": "ssl_certificate"
              },
              "order_price": {
                "cost": 198,
                "currency": "USD"
              },
              "status": "pending",
              "number_of_sans": 1,
              "date_created": "2019-05-07T09:33:08+00:00",
              "validity_years": 1
            },
            {
              "id": 123457,
              "certificate": {
                "id": 101015,
                "thumbprint": "03F6",
                "serial_number": "0FDA",
                "common_name": "example.com",
                "dns_names": [
                  "sub1.example.com",
                  "sub2.example.com",
                  "sub3.example.com",
                  "sub4.example.com"
                ],
                "valid_till": "2020-06-15",
                "organization_units": [
                  "IT Dept."
                ],
                "signature_hash": "sha256"
              },
              "subaccount": {
                "account_id": 123445,
                "account_type": "enterprise",
                "organization_name": "Sub account organization"
              },
              "product": {
                "name_id": "ssl_multi_domain",
                "name": "Multi-Domain SSL",
                "type": "ssl_certificate"
              },
              "order_price": {
                "cost": 358,
                "currency": "USD"
              },
              "status": "issued",
              "number_of_sans": 4,
              "date_created": "2019-06-11T07:08:04+00:00",
              "date_issued": "2019-06-11T07:09:00+00:00",
              "validity_years": 1
            },
            {
              "id": 123458,
              "certificate": {
                "id": 3179443638,
                "common_name": "example2.com",
                "dns_names": [
                  "sub.example2.com"
                ],
                "organization_units": [
                  "Finance Department"
                ],
                "signature_hash": "sha256"
              },
              "subaccount": {
                "account_id": 123445,
                "account_type": "enterprise",
                "organization_name": "Sub account organization"
              },
              "product": {
                "name_id": "ssl_securesite",
                "name": "Secure Site SSL",
                "type": "ssl_certificate"
              },
              "order_price": {
                "cost": 399,
                "currency": "USD"
              },
              "status": "pending",
              "number_of_sans": 1,
              "date_created": "2019-06-21T09:06:47+00:00",
              "validity_years": 1
            }
          ],
          "page": {
            "total": 3,
            "limit": 1000,
            "offset": 0
          }
        }
        """#
    )
}
