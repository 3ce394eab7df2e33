using System.Net;

namespace Isobar.Telemetry.Receiving;

/// <summary>The host name that Lambda gives an environment for itself.</summary>
internal static class Sandbox
{
    public const string HostName = "sandbox.localdomain";

    /// <summary>Finds the address in the text of <c>/etc/hosts</c>, where Lambda puts it.</summary>
    /// <returns>
    /// The loopback address if the name is not there. DNS is not asked: where it does not know the name, the answer may
    /// take seconds, and the function's init phase waits for this extension.
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
