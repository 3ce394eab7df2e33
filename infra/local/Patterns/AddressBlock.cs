using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Isobar.Local.Patterns;

/// <summary>A block of IP addresses: <c>10.0.0.0/24</c>.</summary>
internal sealed class AddressBlock
{
    private readonly byte[] network;
    private readonly int bits;

    private AddressBlock(byte[] network, int bits) => (this.network, this.bits) = (network, bits);

    /// <returns>The block, or AWS's error text.</returns>
    public static (AddressBlock? Block, string? Fault) Read(string text)
    {
        if (text.Split('/') is not [var address, var mask]) return (null, "Malformed CIDR, one '/' required");
        if (!int.TryParse(mask, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bits))
            return (null, "Malformed CIDR, mask bits must be an integer");
        if (bits < 0) return (null, "Malformed CIDR, mask bits must not be negative");
        if (BytesOf(address) is not { } network) return (null, $"Nonstandard IP address: {address}");
        if (bits > network.Length * 8)
            return (null, network.Length == 4 ? "IPv4 mask bits must be < 32" : "IPv6 mask bits must be < 128");
        return (new AddressBlock(network, bits), null);
    }

    public bool Contains(string text)
    {
        if (BytesOf(text) is not { } address || address.Length != network.Length) return false;
        var whole = bits / 8;
        if (!address.AsSpan(0, whole).SequenceEqual(network.AsSpan(0, whole))) return false;
        var rest = bits % 8;
        return rest == 0 || (address[whole] ^ network[whole]) >> (8 - rest) == 0;
    }

    // .NET also takes "10" and "10.1" for IPv4 addresses, and zone names in IPv6 ones.
    private static byte[]? BytesOf(string text) =>
        !text.Contains('%') && IPAddress.TryParse(text, out var address)
        && (address.AddressFamily != AddressFamily.InterNetwork || text.Count(c => c == '.') == 3)
            ? address.GetAddressBytes()
            : null;
}
