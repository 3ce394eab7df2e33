namespace Isobar.Local.Services.Sqs;

/// <summary>Decides which message of a queue the next receive gets.</summary>
internal interface IMessageOrder
{
    /// <summary>Visible messages, those that have to wait for an earlier one of their group included.</summary>
    int Count { get; }

    /// <summary>The message that the next receive gets, or null.</summary>
    StoredMessage? First { get; }

    /// <summary>A message has become what its <see cref="StoredMessage.Place"/> says.</summary>
    void Enter(StoredMessage message);

    /// <summary>A message stops to be what its <see cref="StoredMessage.Place"/> says.</summary>
    void Leave(StoredMessage message);

    void Clear();
}
