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
    private readonly Handler _handler;
    private readonly ILambdaSerializer _serializer;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly FunctionEnvironment _environment;
    private readonly LogWriter _log;
    private readonly RuntimeApi _api;

    internal LambdaBootstrap(
        Handler handler,
        ILambdaSerializer serializer,
        LambdaBootstrapInitializer initializer,
        LambdaBootstrapOptions options)
    {
        _handler = handler;
        _serializer = serializer;
        _initializer = initializer;
        _environment = FunctionEnvironment.Read();
        _log = LogWriter.TakeConsole();
        var endpoint = string.IsNullOrEmpty(options.RuntimeApiEndpoint)
            ? _environment.RuntimeApi
            : options.RuntimeApiEndpoint;
        _api = new RuntimeApi(endpoint);
    }

    /// <summary>
    /// Serves until cancelled. An exception of a handler is reported and survived; one of the initializer, or an
    /// answer of the Runtime API other than success, ends the loop.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        _environment.LimitHeap();
        if (_initializer is not null && !await InitializeAsync().ConfigureAwait(false))
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

            if (_environment.RunOnce)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        _api.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<bool> InitializeAsync()
    {
        try
        {
            return await _initializer().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _log.Write("Error", e, null);
            await _api.ReportInitErrorAsync(e).ConfigureAwait(false);
            throw;
        }
    }

    private async Task InvokeOnceAsync(CancellationToken cancellationToken)
    {
        var (input, headers) = await _api.NextAsync(cancellationToken).ConfigureAwait(false);
        using var body = input;
        _log.Invocation = headers;
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", headers.TraceId);
        LambdaTraceProvider.SetCurrentTraceId(headers.TraceId);
        var context = new LambdaContext(headers, _environment, _log, _serializer);
        Stream output;
        try
        {
            output = await _handler(body, context).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _log.Write("Error", e, null);
            await _api.ReportErrorAsync(headers.RequestId, e, cancellationToken).ConfigureAwait(false);
            return;
        }

        await using (output)
        {
            await _api.RespondAsync(headers.RequestId, output, cancellationToken).ConfigureAwait(false);
        }
    }
}
