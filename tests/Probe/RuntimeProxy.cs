using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Isobar.Probe;

/// <summary>
/// An extension's proxy of the Runtime API: passes bytes on both ways and says what the runtime is given. Its address
/// is in the file <c>proxy</c> of the temporary folder, for a wrapper script.
/// </summary>
internal sealed class RuntimeProxy
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint target;

    public RuntimeProxy(string target, string temporary)
    {
        this.target = IPEndPoint.Parse(target);
        listener.Start();
        File.WriteAllText(Path.Combine(temporary, "proxy"), listener.LocalEndpoint.ToString());
        new Thread(() =>
        {
            while (true) Serve(listener.AcceptSocket());
        }) { IsBackground = true }.Start();
    }

    private void Serve(Socket near)
    {
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        far.Connect(target);
        new Thread(() => Pump(near, far, _ => { })) { IsBackground = true }.Start();
        new Thread(() => Pump(far, near, Say)) { IsBackground = true }.Start();
    }

    // The last line of an answer is its body.
    private static void Say(string answer) => Console.WriteLine($"proxy passed {answer.Split("\r\n")[^1].TrimEnd()}");

    private static void Pump(Socket from, Socket to, Action<string> heard)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (from.Receive(buffer) is > 0 and var read)
            {
                heard(Encoding.UTF8.GetString(buffer, 0, read));
                to.Send(buffer.AsSpan(0, read));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The runtime was ended before the extension, which goes on.
        }
    }
}
