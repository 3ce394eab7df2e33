using System;
using System.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StandIns;

/// <summary>
/// The defaults modes of AWS's SDKs. They differ in how long a connection may take: 1.1 s near, 30 s mobile.
/// </summary>
internal static class Defaults
{
    public static DefaultConfigurationProvider Provider() =>
        new(Enum.GetValues<DefaultConfigurationMode>().Select(Of));

    private static DefaultConfiguration Of(DefaultConfigurationMode mode)
    {
        var milliseconds = mode switch
        {
            DefaultConfigurationMode.InRegion or DefaultConfigurationMode.Auto => 1_100,
            DefaultConfigurationMode.Mobile => 30_000,
            _ => 3_100,
        };
        return new()
        {
            Name = mode,
            RetryMode = RequestRetryMode.Standard,
            S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
            ConnectTimeout = TimeSpan.FromMilliseconds(milliseconds),
            TlsNegotiationTimeout = TimeSpan.FromMilliseconds(milliseconds),
        };
    }
}
