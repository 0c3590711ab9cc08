import type { Frames } from './frame.ts';

/** English frames. */
export const english: Frames = {
  and: 'and',
  silence: 'Every sentence of the article that I could read out has been read already, and I add nothing of my own.',
  personas: {
    researcher: {
      lead: [
        'I begin with how it works, because the rest hangs on it. On {y} the article says: {q}.',
        'Mechanism first. This is how the article explains {y}: {q}.',
      ],
      follow: [
        'What {name} read about {x} has a mechanism behind it. In the article: {q}.',
        'To {name}’s point on {x} I add how it works: {q}.',
      ],
      limit: [
        'The mechanism {name} relies on for {x} has an edge, and the article itself marks it: {q}.',
        'Before we build on what {name} read about {x}: the article itself limits this. {q}.',
      ],
      shift: [
        'I leave {name}’s subject where it is and open another part of the machinery, {y}: {q}.',
        'A different part of the machinery, not an answer to {name}. On {y}: {q}.',
      ],
      second: ['Beside it belongs a second piece: {q}.', 'And the piece that goes with it: {q}.'],
      seen: [
        'The sentence gives a reason and not only a result, which is what I look for.',
        'There is a reason in that sentence, so the claim can be followed step by step.',
      ],
      unseen: [
        'That tells us what happens; why it happens is what I would read for next.',
        'It is a description so far, and a description is not yet a mechanism.',
      ],
      close: [
        'I would believe a result here as far as that step is understood.',
        'Whoever doubts the conclusion should say which of these steps fails.',
      ],
      ask: [],
    },
    reviewer: {
      lead: ['I ask what the evidence is. On {y} the article offers this: {q}.', 'Evidence first. On {y}: {q}.'],
      follow: [
        '{name} put {x} on the table; I went looking for what it rests on. The article: {q}.',
        'Let us test what {name} read about {x}. This is what the article offers: {q}.',
      ],
      limit: [
        'What {name} read about {x} is stated without its limit, and the article itself limits this: {q}.',
        'On {x}, the sentence {name} chose is not the article’s last word. The article itself limits this: {q}.',
      ],
      shift: [
        'I have nothing to test {name}’s sentence with, so I take up other evidence, on {y}: {q}.',
        'Other evidence, on another matter than {name}’s. On {y} the article says: {q}.',
      ],
      second: ['To be read together with: {q}.', 'Compare it with this: {q}.'],
      seen: [
        'It comes with a figure, so it can be checked: baseline, sample and spread are what I would look up.',
        'There is a number in it; what I miss beside it is how often it was measured.',
      ],
      unseen: [
        'There is no figure in that sentence, so I file it as a claim and not as a result.',
        'Without a number in it I cannot weigh it; I can only note it.',
      ],
      close: [
        'The same measurement on other data, coming out the other way, would change my mind.',
        'An ablation that removes one part at a time would settle more than a further example.',
      ],
      ask: [
        '{name}, which figure in the article supports what you read on {x}?',
        '{name}, where does the article measure {x} and not just assert it?',
      ],
    },
    critic: {
      lead: [
        'I look for what is being taken for granted. On {y} the article says: {q}.',
        'Which assumption carries the weight? Start here, with {y}: {q}.',
      ],
      follow: [
        'Before we lean on what {name} read about {x}, put this beside it: {q}.',
        'Before what {name} read about {x} is taken as settled, let us read on in the same article: {q}.',
      ],
      limit: [
        '{name} leans on {x}, and there the article is arguing with itself. The article itself limits this: {q}.',
        'Here is the strongest counter-argument to what {name} read on {x}, and it is the article’s own. The article itself limits this: {q}.',
      ],
      shift: [
        'I found no sentence that limits what {name} read, and I will not invent one. Another weak spot, {y}: {q}.',
        'No objection to {name} here, only a different door to knock on, {y}: {q}.',
      ],
      second: ['Hold that against this: {q}.', 'And next to it, in the same article: {q}.'],
      seen: [
        'There is an absolute in that sentence, and one counterexample is enough for an absolute.',
        'Words such as “any”, “only” or “must” are where I would press: they leave no exceptions.',
      ],
      unseen: [
        'The sentence leaves itself a way out; whoever uses it should say how wide.',
        'Ask who gains if that is believed, and the hidden assumption usually shows.',
      ],
      close: [
        'What is rewarded gets gamed, and I would look here for how.',
        'I would not build on it before that is answered.',
      ],
      ask: [
        '{name}, what else in the article bears on what you read about {x}?',
        '{name}, which condition does the article set for what you read on {x}?',
      ],
    },
    doomer: {
      lead: [
        'I read for what goes wrong. On {y} the article says: {q}.',
        'Somebody must price the worst case. On {y}: {q}.',
      ],
      follow: [
        '{name} speaks of {x}; I read the same pages for the damage. There it says: {q}.',
        'Follow what {name} read about {x} to its worst credible end. The article: {q}.',
      ],
      limit: [
        'On {x}, {name} has left out the bill. The article itself limits this: {q}.',
        'If we act on what {name} read about {x}, this is what bites. The article itself limits this: {q}.',
      ],
      shift: [
        'Setting {name}’s subject aside, here is the risk I would not sleep on, {y}: {q}.',
        'That was {name}’s subject; mine is another, the cost of being wrong about {y}: {q}.',
      ],
      second: ['It does not come alone: {q}.', 'And there is this: {q}.'],
      seen: [
        'The article hedges here, so I call it possible and not certain.',
        'It says this with a “may” or its like; that is a probability nobody has measured for us.',
      ],
      unseen: [
        'It is stated flatly, with no “may” in it, and I take it at its word.',
        'There is no hedge in that sentence; as far as the article goes, this is not speculation.',
      ],
      close: [
        'My tripwire: a published figure on {y} before each wider use, and a halt when it gets worse.',
        'The burden of proof lies with whoever deploys, and until it is met I would stop at a trial.',
      ],
      ask: [],
    },
    philosopher: {
      lead: [
        'Let me ask what the words mean. On {y} the article says: {q}.',
        'A word first. Of {y} the article says: {q}.',
      ],
      follow: [
        '{name} used {x} as if it had a single sense. See what work it does here: {q}.',
        'It matters what we mean when, with {name}, we say {x}. The article says: {q}.',
      ],
      limit: [
        '{name}’s sentence on {x} holds in one sense and not in another. The article itself limits this: {q}.',
        'There are two senses of {x} in play since {name} spoke. The article itself limits this: {q}.',
      ],
      shift: [
        'I do not dispute {name}; I turn to another word, one that concerns people. On {y}: {q}.',
        'A different question from {name}’s, about what we owe and to whom. On {y}: {q}.',
      ],
      second: ['Its neighbour in the article reads: {q}.', 'Beside it I put: {q}.'],
      seen: [
        'I count {n} sentences of the article that use {y}, which is a lot of work for one expression.',
        'The expression {y} stands in {n} of the sentences I can read here; I doubt that it means the same in all of them.',
      ],
      unseen: [
        'The expression is used as if everybody knew it, and that is where misunderstandings live.',
        'Nobody at this table has defined the expression, and a decision will hang on the definition.',
      ],
      close: [
        'My distinction for the table: that something can be measured is one thing, that it is what we wanted is another.',
        'Imagine the person affected asking for a reason: a score would be an answer, but not a reason.',
      ],
      ask: [],
    },
    enthusiast: {
      lead: ['I ask who gains. On {y} the article says: {q}.', 'Let me start from the use. On {y}: {q}.'],
      follow: [
        'I take {name}’s point on {x} head-on, and set this beside it: {q}.',
        'On {x}, after {name}, somebody should read out what can be put to use: {q}.',
      ],
      limit: [
        'Even as the optimist here I must grant that what {name} read on {x} has a limit. The article itself limits this: {q}.',
        'I would love to stop at what {name} read on {x}, but the article itself limits this: {q}.',
      ],
      shift: [
        'I have heard {name} and cannot refute it from the article; here is where I see the gain, in {y}: {q}.',
        '{name}’s point stands. It is not the whole picture, though: on {y} the article says: {q}.',
      ],
      second: ['To that I add: {q}.', 'And there is more to work with: {q}.'],
      seen: [
        'That is something to gain, in the article’s own words and not in mine.',
        'Read it as a list of what could be tried: the advantage is spelled out.',
      ],
      unseen: [
        'It does not promise a gain by itself; it tells us what one would take.',
        'The sentence names the condition; meeting it is the work.',
      ],
      close: [
        'What can be tried small and undone, I would try, and measure before and after.',
        'It takes one small trial that can be undone, and somebody who counts.',
      ],
      ask: [],
    },
    newcomer: {
      lead: [
        'I come from outside, so I chose a sentence I can follow. On {y}: {q}.',
        'As a beginner I hold on to what is plainly said. On {y}: {q}.',
      ],
      follow: [
        'I am new to this. After {name} on {x}, this sentence helped me: {q}.',
        'Let me check that I follow {name} on {x}. The plainest I could find is: {q}.',
      ],
      limit: [
        'I thought I had understood {name} on {x}, and then I read on. The article itself limits this: {q}.',
        'This confuses me, in a good way: {name} read one thing on {x}, and the article itself limits this: {q}.',
      ],
      shift: [
        'I lost the thread a little after {name}, so I start from something else, {y}: {q}.',
        'My question is not {name}’s. It is about {y}, where the article says: {q}.',
      ],
      second: ['And this one, I think, goes with it: {q}.', 'I put next to it: {q}.'],
      seen: [
        'That one explains itself, so I can repeat it at home.',
        'Here the article says what the thing is, and I am grateful.',
      ],
      unseen: [
        'I can repeat that sentence, but I am not sure I could explain it.',
        'I understand each word; I would still like to hear what it is for.',
      ],
      close: [],
      ask: [
        '{name}, what does the article mean by {x}, for somebody who hears it for the first time?',
        '{name}, how would the article explain {x} to a beginner?',
      ],
    },
  },
  generic: {
    lead: [
      'My task here: {duty}. On {y} the article says: {q}.',
      'I was asked to do one thing: {duty}. So, on {y}: {q}.',
    ],
    follow: [
      'I come to what {name} read about {x} with my own task: {duty}. The article adds: {q}.',
      'My task at this table: {duty}. To {name}’s point on {x} belongs: {q}.',
    ],
    limit: [
      'My task: {duty}. What {name} read on {x} has a limit, and the article itself limits this: {q}.',
      'On {x} I have to stop {name}. The article itself limits this: {q}.',
    ],
    shift: [
      'My task: {duty}. That is another matter than {name}’s; on {y} the article says: {q}.',
      'I do not object to {name}; I have another matter to bring, {y}: {q}.',
    ],
    second: ['With it goes: {q}.', 'And also: {q}.'],
    seen: [],
    unseen: [],
    close: [
      'That is what the article gives me to work with.',
      'I would want this on the record before anybody decides.',
    ],
    ask: [],
  },
  purposes: {
    for: [
      'By my seat I speak for the motion, and read out what serves it. On {y}: {q}.',
      'For the motion the article offers this, on {y}: {q}.',
      'The bench for the motion rests on {y}, where the article says: {q}.',
    ],
    against: [
      'By my seat I speak against the motion, and read out what hinders it. On {y}: {q}.',
      'Against the motion the article offers this, on {y}: {q}.',
      'The bench against the motion rests on {y}, where the article says: {q}.',
    ],
    defence: [
      'I was given the defence of the proposal. What the article has for it, on {y}: {q}.',
      'In defence of the proposal, on {y}: {q}.',
    ],
    attack: [
      'Where the proposal may break, in the article’s own words, on {y}: {q}.',
      'I looked for the weak spot and read this, on {y}: {q}.',
      'A way it goes wrong, on {y}: {q}.',
    ],
    inquiry: [
      'What does the article mean by {y}, and in which sentence does it say so?',
      'Which sentence of the article tells what {y} is, and which one what it is not?',
    ],
  },
  reply: {
    answer: [
      '{name} asked me about {x}. The article’s best sentence on it: {q}.',
      'For {name}, on {x}, the nearest words I find in the article: {q}.',
      '{name} wanted to know about {x}. What I can read out is this: {q}.',
    ],
    nearest: [
      '{name} asked me about {x}. Of what was asked for exactly I find no sentence; the nearest is: {q}.',
      'To {name}, on {x}: the article does not say just that in any sentence I can quote. The nearest is: {q}.',
    ],
    nothing: [
      'To {name}: the article has no further sentence on {x} that I could quote, so the matter stays open. Better to say so than to fill the gap.',
      'I looked for what {name} is after on {x}, and no sentence of the article that has not been read yet says it. I leave it open.',
    ],
    limited: [
      '{name} has set a limit to what I read on {x}, and I accept that it is in the article. What stands beside it: {q}.',
      'Granted: the sentence {name} read limits mine on {x}. The article has this to add: {q}.',
      'I do not take back my sentence on {x}, nor can {name}’s be read away. Weigh with them: {q}.',
    ],
    insist: [
      'I hold {name} to it: on {x} the limit stands. There is more in the article: {q}.',
      'On {x} I come back to {name}, because the limit I read is not a detail. The article goes on: {q}.',
    ],
    elsewhere: [
      'On {x} the article has nothing more that {name} and I have not heard. I leave it there and read on, about {y}: {q}.',
      'To {name}: on {x} the sentences have been read and there is no further one. What else I would weigh is {y}: {q}.',
    ],
    thesis: [
      'The thesis this debate opened with does not stand alone; the article itself limits this: {q}.',
      'Let us not forget the thesis of the opening. The article itself limits this: {q}.',
      'Against the thesis we started from stands the article’s own limit: {q}.',
    ],
    add: [
      'I pick up {x} from {name}. The article also says: {q}.',
      'On {x}, since {name} brought it up, one more sentence deserves a hearing: {q}.',
      'To complete what {name} read on {x}: {q}.',
    ],
    person: [
      '{name}, thank you for stepping in. The sentence of the article that comes closest to what you say is: {q}.',
      'To {name}, from the article, since I can only quote: {q}.',
    ],
    personNothing: [
      '{name}, thank you for stepping in. I find no sentence of the article that says it in those words, and I can only quote, so it stays open.',
      'To {name}: looking for those words I found no sentence of the article to read out. I leave it on the record as open.',
    ],
  },
};
