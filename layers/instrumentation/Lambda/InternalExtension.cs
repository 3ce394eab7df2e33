using System.Net.Sockets;
using System.Text.Json;
using Isobar.Instrumentation.Writing;

namespace Isobar.Instrumentation.Lambda;

/// <summary>
/// The internal extension: a thread that registers before the runtime asks for its first event, and from then on takes
/// part in every invocation. An invocation lasts until each extension has asked for its next event, so what is written
/// here before that is written while the environment still runs.
/// </summary>
internal sealed class InternalExtension(
    ExtensionsApi api, RuntimeWatch runtime, TimeProvider clock, InvocationReport report)
{
    /// <summary>The name that the log shows: <c>EXTENSION Name: instrumentation</c>.</summary>
    public const string Name = "instrumentation";

    /// <summary>Failures in a row after which the extension gives up: the environment is going away. Ours.</summary>
    private const int MaxFailures = 10;

    // Before the function's timeout, to let Lambda see that it was not the extension that was late. Ours.
    private static readonly TimeSpan DeadlineMargin = TimeSpan.FromMilliseconds(50);

    private int invocations;
    private bool complained;

    public void Run()
    {
        try
        {
            if (Register()) Listen();
        }
        catch (Exception failure)
        {
            // A thread's exception would end the function's process.
            StandardStreams.Complain(failure.Message);
        }
    }

    private bool Register()
    {
        try
        {
            if (api.Register(Name) is not { } refusal) return true;
            StandardStreams.Complain(refusal);
            return false;
        }
        finally
        {
            runtime.Registered();
        }
    }

    private void Listen()
    {
        // Lambda waits for the next request of a registered extension, so it is asked again whatever has failed.
        for (var failures = 0; failures < MaxFailures;)
        {
            try
            {
                var invocation = api.Next();
                failures = 0;
                Attend(invocation);
            }
            catch (Exception failure)
            {
                if (failure is IOException or SocketException or JsonException) failures++;
                if (!complained) StandardStreams.Complain(failure.Message);
                complained = true;
            }
        }
    }

    private void Attend(InvokeEvent invocation)
    {
        invocations++;
        if (runtime.Sees)
        {
            runtime.WaitForAnswer(
                invocation.RequestId, invocations, invocation.Deadline - clock.GetUtcNow() - DeadlineMargin);
            report.Write(invocation);
        }
        else
        {
            // When this runtime answers can't be seen: what the last invocation did is written at the next one.
            report.WriteLast(invocation);
        }
    }
}
