namespace Isobar.Functions.Tests.Simulation;

internal sealed class Message(string body)
{
    public string Body => body;

    public int Receives { get; set; }
}

/// <summary>A standard queue at its worst: no order, copies, messages that come back while being handled.</summary>
/// <param name="maxReceives">After so many, a message goes to the dead letters instead.</param>
internal sealed class MessageQueue(Random random, int maxReceives = int.MaxValue, MessageQueue? deadLetters = null)
{
    private readonly List<Message> visible = [];
    private readonly List<Message> inFlight = [];

    public bool HasVisible => visible.Count > 0;

    public bool HasInFlight => inFlight.Count > 0;

    public void Send(string body) => visible.Add(new Message(body));

    public List<Message> Receive(int most)
    {
        var received = new List<Message>();
        while (received.Count < most && HasVisible)
        {
            var message = TakeAny(visible);
            if (message.Receives == maxReceives)
            {
                deadLetters!.Send(message.Body);
                continue;
            }

            message.Receives++;
            inFlight.Add(message);
            received.Add(message);
        }

        return received;
    }

    /// <summary>Removes the message, even if it is visible again.</summary>
    public void Delete(Message message)
    {
        visible.Remove(message);
        inFlight.Remove(message);
    }

    /// <summary>The visibility timeout of a message that was not deleted has passed.</summary>
    public void Return(Message message)
    {
        if (inFlight.Remove(message)) visible.Add(message);
    }

    /// <summary>The same for any message, however its worker is doing.</summary>
    public void ReturnAny() => visible.Add(TakeAny(inFlight));

    /// <summary>Holds a message twice, as a standard queue may.</summary>
    public void CopyAny()
    {
        var original = visible[random.Next(visible.Count)];
        visible.Add(new Message(original.Body) { Receives = original.Receives });
    }

    private Message TakeAny(List<Message> messages)
    {
        var index = random.Next(messages.Count);
        var message = messages[index];
        messages.RemoveAt(index);
        return message;
    }
}
