using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Initializes once, then serves one invocation after the other until the process ends or is told to stop.
/// </summary>
public class LambdaBootstrap : IDisposable
{
    private readonly Handler handler;
    private readonly ILambdaSerializer serializer;
    private readonly LambdaBootstrapInitializer initializer;
    private readonly FunctionEnvironment environment;
    private readonly LogWriter log;
    private readonly RuntimeApi api;

    internal LambdaBootstrap(
        Handler handler,
        ILambdaSerializer serializer,
        LambdaBootstrapInitializer initializer,
        LambdaBootstrapOptions options)
    {
        this.handler = handler;
        this.serializer = serializer;
        this.initializer = initializer;
        environment = FunctionEnvironment.Read();
        log = LogWriter.TakeConsole();
        var endpoint = string.IsNullOrEmpty(options.RuntimeApiEndpoint)
            ? environment.RuntimeApi
            : options.RuntimeApiEndpoint;
        api = new RuntimeApi(endpoint);
    }

    /// <summary>
    /// Serves until cancelled. An exception of a handler is reported and survived; one of the initializer, or an
    /// answer of the Runtime API other than success, ends the loop.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        environment.LimitHeap();
        if (initializer is not null && !await InitializeAsync().ConfigureAwait(false))
        {
            return;
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await InvokeOnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                // The client gave up waiting for an event, after 12 hours: ask again.
                continue;
            }

            if (environment.RunOnce)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        api.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<bool> InitializeAsync()
    {
        try
        {
            return await initializer().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            log.Write("Error", e, null);
            await api.ReportInitErrorAsync(e).ConfigureAwait(false);
            throw;
        }
    }

    private async Task InvokeOnceAsync(CancellationToken cancellationToken)
    {
        var (input, headers) = await api.NextAsync(cancellationToken).ConfigureAwait(false);
        using var body = input;
        log.Invocation = headers;
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", headers.TraceId);
        LambdaTraceProvider.SetCurrentTraceId(headers.TraceId);
        var context = new LambdaContext(headers, environment, log, serializer);
        Stream output;
        try
        {
            output = await handler(body, context).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            log.Write("Error", e, null);
            await api.ReportErrorAsync(headers.RequestId, e, cancellationToken).ConfigureAwait(false);
            return;
        }

        await using (output)
        {
            await api.RespondAsync(headers.RequestId, output, cancellationToken).ConfigureAwait(false);
        }
    }
}
