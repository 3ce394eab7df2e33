using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Isobar.Local.Wire;

/// <summary>A connection that one endpoint has accepted and another serves. The first one closes it.</summary>
internal sealed class HandedConnection(ConnectionContext accepted) : ConnectionContext
{
    private readonly TaskCompletionSource served = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the other endpoint is done with it.</summary>
    public Task Served => served.Task;

    public override string ConnectionId
    {
        get => accepted.ConnectionId;
        set => accepted.ConnectionId = value;
    }

    public override IFeatureCollection Features => accepted.Features;

    public override IDictionary<object, object?> Items
    {
        get => accepted.Items;
        set => accepted.Items = value;
    }

    public override IDuplexPipe Transport
    {
        get => accepted.Transport;
        set => accepted.Transport = value;
    }

    public override CancellationToken ConnectionClosed
    {
        get => accepted.ConnectionClosed;
        set => accepted.ConnectionClosed = value;
    }

    public override EndPoint? LocalEndPoint
    {
        get => accepted.LocalEndPoint;
        set => accepted.LocalEndPoint = value;
    }

    public override EndPoint? RemoteEndPoint
    {
        get => accepted.RemoteEndPoint;
        set => accepted.RemoteEndPoint = value;
    }

    public override void Abort(ConnectionAbortedException abortReason) => accepted.Abort(abortReason);

    public override ValueTask DisposeAsync()
    {
        served.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
