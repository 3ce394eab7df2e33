using System.Text;
using Isobar.Telemetry.Shipping;

namespace Isobar.Functions.Tests.Telemetry;

public sealed class SigV4Tests
{
    /// <remarks>
    /// Source: Amazon S3 API reference, "Signature Calculations for the Authorization Header: Transferring Payload in a
    /// Single Chunk", example PUT Object.
    /// </remarks>
    [Fact]
    public void The_example_of_the_S3_reference_comes_out()
    {
        var at = new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);
        var hash = SigV4.Hash(Encoding.UTF8.GetBytes("Welcome to Amazon S3."));
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["date"] = "Fri, 24 May 2013 00:00:00 GMT",
            ["host"] = "examplebucket.s3.amazonaws.com",
            ["x-amz-content-sha256"] = hash,
            ["x-amz-date"] = SigV4.Instant(at),
            ["x-amz-storage-class"] = "REDUCED_REDUNDANCY",
        };
        var identity = new SigningIdentity(
            "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", "s3");
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            + "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,"
            + "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            SigV4.Authorization(identity, at, "PUT", "/test%24file.text", headers, hash));
    }
}
