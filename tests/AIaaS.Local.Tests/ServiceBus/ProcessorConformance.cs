using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace AIaaS.Local.Tests.ServiceBus;

public abstract class ProcessorConformance : ServiceBusConformance
{
    [Fact]
    public async Task Process_Messages_CompletesThem()
    {
        await using var client = Connect(new QueueRules(LockSeconds: ShortLock));
        await client.CreateSender(Queue).SendMessagesAsync(Enumerable.Range(0, 10).Select(i => new ServiceBusMessage(i.ToString())));
        var seen = new ConcurrentBag<string>();
        var all = new TaskCompletionSource();
        await using var processor = client.CreateProcessor(Queue, new ServiceBusProcessorOptions { MaxConcurrentCalls = 4 });
        processor.ProcessMessageAsync += args =>
        {
            seen.Add(args.Message.Body.ToString());
            // The last two may both see ten.
            if (seen.Count >= 10)
                all.TrySetResult();
            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += args => throw args.Exception;
        await processor.StartProcessingAsync();
        processor.IsProcessing.ShouldBeTrue();
        await all.Task.WaitAsync(Patience);
        await processor.StopProcessingAsync();

        processor.IsProcessing.ShouldBeFalse();
        seen.Order().ShouldBe(Enumerable.Range(0, 10).Select(i => i.ToString()));
        (await client.CreateReceiver(Queue).ReceiveMessageAsync(AfterShortLock)).ShouldBeNull();
    }

    [Fact]
    public async Task Process_ManyMessages_NeverMoreAtOnceThanAllowed()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessagesAsync(Enumerable.Range(0, 12).Select(i => new ServiceBusMessage(i.ToString())));
        var (running, most, done) = (0, 0, 0);
        var gate = new Lock();
        var three = new TaskCompletionSource();
        var all = new TaskCompletionSource();
        await using var processor = client.CreateProcessor(Queue, new ServiceBusProcessorOptions { MaxConcurrentCalls = 3 });
        processor.ProcessMessageAsync += async args =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++running);
                if (running == 3)
                    three.TrySetResult();
            }
            await three.Task;
            lock (gate)
            {
                running--;
                if (++done == 12)
                    all.SetResult();
            }
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await processor.StartProcessingAsync();
        await all.Task.WaitAsync(Patience);
        await processor.StopProcessingAsync();

        most.ShouldBe(3);
    }

    [Fact]
    public async Task Process_HandlerThrows_ReportsAndDeliversAgainUntilDeadLettered()
    {
        await using var client = Connect(new QueueRules(MaxDeliveryCount: 3));
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("poison"));
        var errors = new ConcurrentQueue<ProcessErrorEventArgs>();
        await using var processor = client.CreateProcessor(Queue);
        processor.ProcessMessageAsync += args => throw new InvalidDataException($"attempt {args.Message.DeliveryCount}");
        processor.ProcessErrorAsync += args =>
        {
            errors.Enqueue(args);
            return Task.CompletedTask;
        };
        await processor.StartProcessingAsync();
        var dead = await ReceiveAsync(DeadLetters(client, Queue));
        await processor.StopProcessingAsync();

        dead.DeadLetterReason.ShouldBe("MaxDeliveryCountExceeded");
        errors.Select(error => error.Exception.Message).ShouldBe(["attempt 1", "attempt 2", "attempt 3"]);
        errors.ShouldAllBe(error => error.ErrorSource == ServiceBusErrorSource.ProcessMessageCallback && error.EntityPath == Queue);
    }

    [Fact]
    public async Task Process_LongerThanTheLock_RenewsIt()
    {
        await using var client = Connect(new QueueRules(LockSeconds: ShortLock));
        await using var other = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("slow"));
        var started = new TaskCompletionSource<ServiceBusReceivedMessage>();
        var finish = new TaskCompletionSource();
        var errors = new ConcurrentQueue<Exception>();
        await using var processor = client.CreateProcessor(Queue);
        processor.ProcessMessageAsync += async args =>
        {
            started.SetResult(args.Message);
            await finish.Task;
        };
        processor.ProcessErrorAsync += args =>
        {
            errors.Enqueue(args.Exception);
            return Task.CompletedTask;
        };
        await processor.StartProcessingAsync();
        var message = await started.Task.WaitAsync(Patience);
        var until = message.LockedUntil + TimeSpan.FromSeconds(1);
        var competitor = other.CreateReceiver(Queue);
        try
        {
            while (message.LockedUntil < until)
                (await competitor.ReceiveMessageAsync(TimeSpan.FromMilliseconds(200))).ShouldBeNull();
        }
        finally
        {
            // Else a failing test would wait for its own handler.
            finish.SetResult();
        }
        await processor.StopProcessingAsync();

        errors.ShouldBeEmpty();
        (await competitor.ReceiveMessageAsync(AfterShortLock)).ShouldBeNull();
    }

    [Fact]
    public async Task Stop_WhileAHandlerRuns_WaitsForItAndCompletes()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x"));
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var processor = client.CreateProcessor(Queue);
        processor.ProcessMessageAsync += async args =>
        {
            using var onStop = args.CancellationToken.Register(() => finish.TrySetResult());
            started.SetResult();
            await finish.Task;
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await processor.StartProcessingAsync();
        await started.Task.WaitAsync(Patience);
        await processor.StopProcessingAsync();

        finish.Task.IsCompleted.ShouldBeTrue();
        await using var fresh = Connect(new QueueRules());
        (await fresh.CreateReceiver(Queue).ReceiveMessageAsync(Now)).ShouldBeNull();
    }

    [Fact]
    public async Task Process_WithoutAutoComplete_LeavesSettlingToTheHandler()
    {
        await using var client = Connect(new QueueRules());
        await client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage("x"));
        var handled = new TaskCompletionSource();
        await using var processor = client.CreateProcessor(Queue, new ServiceBusProcessorOptions { AutoCompleteMessages = false });
        processor.ProcessMessageAsync += async args =>
        {
            await args.DeadLetterMessageAsync(args.Message, "by hand");
            handled.SetResult();
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await processor.StartProcessingAsync();
        await handled.Task.WaitAsync(Patience);
        await processor.StopProcessingAsync();

        (await ReceiveAsync(DeadLetters(client, Queue))).DeadLetterReason.ShouldBe("by hand");
    }

    [Fact]
    public async Task Start_WithoutHandlers_IsRefused()
    {
        await using var client = Connect(new QueueRules());
        await using var processor = client.CreateProcessor(Queue);
        await Should.ThrowAsync<InvalidOperationException>(() => processor.StartProcessingAsync());
        processor.ProcessMessageAsync += _ => Task.CompletedTask;
        Should.Throw<NotSupportedException>(() => processor.ProcessMessageAsync += _ => Task.CompletedTask);
    }
}
