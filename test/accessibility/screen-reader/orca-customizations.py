"""Orca loads this file as it starts: its voice is a file.

What Orca presents is written down whole and at once, a line of JSON for each piece, whether or not a key that comes later
would have cut it off. Beside it stands what a listener cannot hear but a test must know: when Orca was silenced, what came
into a live region, and when Orca had handled all that it was told.
"""

import json
import os
import sys
import types

from gi.repository import GLib
from orca import liveregions, settings, speechserver

paper = open(os.environ['ORCA_PAPER'], 'a', buffering=1, encoding='utf-8')
waiting = False


def write(kind, text=''):
    paper.write(json.dumps({'kind': kind, 'text': text}, ensure_ascii=False) + '\n')


def rest():
    """Comes after everything else that Orca has to do: events are handled at a higher priority."""
    global waiting
    waiting = False
    write('rest')
    return False


def busy(kind, text=''):
    global waiting
    write(kind, text)
    if not waiting:
        waiting = True
        GLib.idle_add(rest, priority=GLib.PRIORITY_LOW)


class SpeechServer(speechserver.SpeechServer):
    """A voice that writes."""

    only = None

    @staticmethod
    def getFactoryName():
        return 'Paper'

    @staticmethod
    def getSpeechServers():
        return [SpeechServer.getSpeechServer()]

    @staticmethod
    def getSpeechServer(info=None):
        SpeechServer.only = SpeechServer.only or SpeechServer()
        return SpeechServer.only

    @staticmethod
    def shutdownActiveServers():
        SpeechServer.only = None

    def __init__(self):
        super().__init__()
        self.reading = None
        self.context = None

    def getInfo(self):
        return ['Paper', 'paper']

    def getVoiceFamilies(self):
        return []

    def speak(self, text=None, acss=None, interrupt=True):
        if isinstance(text, str) and text.strip():
            busy('said', text)

    def speakCharacter(self, character, acss=None):
        busy('character', character)

    def speakKeyEvent(self, event, acss=None):
        busy('key', event.getKeyName())

    def sayAll(self, utteranceIterator, progressCallback):
        self.reading = (utteranceIterator, progressCallback)
        self.context = None
        GLib.idle_add(self.read, self.reading)

    def read(self, reading):
        """Reads one piece of a page on, unless a key came between."""
        if reading is not self.reading:
            return False
        iterator, progress = reading
        try:
            self.context, _ = next(iterator)
        except StopIteration:
            self.reading = None
            return False
        self.speak(self.context.utterance)
        self.context.currentOffset = self.context.endOffset
        progress(self.context.copy(), speechserver.SayAllContext.COMPLETED)
        return True

    def stop(self):
        """Orca must hear that reading was broken off: until then it takes no notice of the focus."""
        write('stop')
        if self.reading and self.context:
            _, progress = self.reading
            GLib.idle_add(progress, self.context.copy(), speechserver.SayAllContext.INTERRUPTED)
        self.reading = None


def enqueue(self, data, priority, obj):
    busy('live', ' '.join(data['content']))
    original(self, data, priority, obj)


original = liveregions.PriorityQueue.enqueue
liveregions.PriorityQueue.enqueue = enqueue

sys.modules['paper_voice'] = types.ModuleType('paper_voice')
sys.modules['paper_voice'].SpeechServer = SpeechServer
settings.speechServerFactory = 'paper_voice'
settings.speechFactoryModules = ['paper_voice']
settings.speechServerInfo = None
