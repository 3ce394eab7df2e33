using System.Net;

namespace Isobar.Telemetry.Receiving;

/// <summary>The name that Lambda gives an environment's own address.</summary>
internal static class Sandbox
{
    public const string HostName = "sandbox.localdomain";

    /// <summary>Finds the address in the text of <c>/etc/hosts</c>, where Lambda puts it.</summary>
    /// <returns>
    /// The loopback address where the name is not: there it means that. A resolver is not asked, because where the
    /// name is unknown it may take seconds to say so, and the function waits for this extension to start.
    /// </returns>
    public static IPAddress Address(IEnumerable<string> hosts)
    {
        foreach (var line in hosts)
        {
            var words = line.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is [var address, .. var names] && names.Contains(HostName)
                && IPAddress.TryParse(address, out var found))
                return found;
        }

        return IPAddress.Loopback;
    }
}
